import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, client } from "../../api";
import { consoleText } from "../../messages/console/text";
import { percent } from "../format";
import { Loaded } from "../Loaded";

/** What could have been said instead of an answer, and how sure the bot was of each; asked for when somebody looks. */
export function Why({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="why" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{consoleText.conversations.why}</summary>
      {open && <Weighed id={id} />}
    </details>
  );
}

function Weighed({ id }: { id: string }) {
  const words = consoleText.conversations;
  const query = useQuery({
    queryKey: ["explanation", id],
    staleTime: Infinity,
    queryFn: ({ signal }) => call(client.GET("/api/messages/{id}/explanation", { params: { path: { id } }, signal })),
  });
  return (
    <Loaded query={query}>
      {({ explanation, texts }) =>
        explanation === null ? (
          <p className="quiet">{words.whyNone}</p>
        ) : (
          <>
            {!texts && <p className="quiet">{words.whyHidden}</p>}
            <ol className="weighed">
              {explanation.candidates.map((one, place) => (
                <li key={place}>
                  <span>
                    {words.kinds[one.kind as keyof typeof words.kinds] ?? one.kind} {percent(one.confidence)}
                    {one.declines && ` (${words.declines})`}
                  </span>
                  {one.text && <q>{one.text}</q>}
                </li>
              ))}
            </ol>
            <p className="quiet">{words.threshold(percent(explanation.threshold))}</p>
            {explanation.ungrounded.length > 0 && (
              <p className="quiet">{words.ungrounded(explanation.ungrounded.join(", "))}</p>
            )}
          </>
        )
      }
    </Loaded>
  );
}
