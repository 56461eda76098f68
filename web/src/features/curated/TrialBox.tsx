import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, client } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { Field } from "../../shared/console/Field";
import { Loaded } from "../../shared/console/Loaded";
import { percent } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";

/** Which curated answer a question would get from the bot that is served now, and how far the others are. */
export function TrialBox({ bot, onOpen }: { bot: string; onOpen: (id: string) => void }) {
  const text = consoleText.curated;
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState<{ question: string; at: number } | null>(null);
  const query = useQuery({
    queryKey: ["console", bot, "curated", "trial", asked],
    queryFn: ({ signal }) =>
      call(client.GET("/api/curated/trial", { params: { query: { bot, question: asked?.question ?? "" } }, signal })),
    enabled: asked !== null,
  });
  return (
    <details className="card curated-trial">
      <summary>{text.trialTitle}</summary>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim()) setAsked({ question: typed.trim(), at: Date.now() });
        }}
      >
        <Field label={text.trialInput} hint={text.trialHint}>
          {(ids) => (
            <input
              {...ids}
              className="input curated-search"
              dir="auto"
              maxLength={2000}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <button type="submit" className="button" disabled={!typed.trim()}>
          {text.trialRun}
        </button>
      </form>
      {asked && (
        <Loaded query={query}>
          {(found) => {
            const given = found.near.find((each) => each.id === found.given);
            return (
              <div className="stack" role="status">
                <p>
                  {given ? text.trialGiven : text.trialNone}{" "}
                  {found.near.length > 0 && (
                    <span className="quiet-text">
                      {text.trialScore(percent(found.confidence), percent(found.needed))}
                    </span>
                  )}
                </p>
                {given && <blockquote dir="auto">{given.text}</blockquote>}
                {found.near.length === 0 && <p className="quiet-text">{text.trialEmpty}</p>}
                {found.near.length > 0 && (
                  <>
                    <h2>{text.trialNear}</h2>
                    <ul>
                      {found.near.map((each) => (
                        <li key={each.id} className="row">
                          <meter
                            min={0}
                            max={1}
                            value={each.likeness}
                            aria-label={text.likeness(percent(each.likeness))}
                          />
                          <span dir="auto">{each.asked}</span>
                          <Badge tone={each.exact ? "good" : "plain"}>
                            {each.exact ? text.exact : text.likeness(percent(each.likeness))}
                          </Badge>
                          <button type="button" className="link-button" onClick={() => onOpen(each.id)}>
                            {text.open}
                          </button>
                        </li>
                      ))}
                    </ul>
                  </>
                )}
              </div>
            );
          }}
        </Loaded>
      )}
    </details>
  );
}
