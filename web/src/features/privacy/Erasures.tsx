import { useEffect, useRef } from "react";
import { call, client, messageOf } from "../../shared/api";
import { Loaded } from "../../shared/console/Loaded";
import { Section } from "../../shared/console/Page";
import { toast } from "../../shared/console/toast";
import { useLive } from "../../shared/console/useLive";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";
import { Erasure } from "./Erasure";
import { Proof } from "./Proof";

type List = components["schemas"]["ErasureList"];

interface Props {
  asked: { who: string[]; named: boolean } | null;
  onEnded: () => void;
}

/** Requests to be forgotten: those that are under way with where they stand, and what became of the others. */
export function Erasures({ asked, onEnded }: Props) {
  const text = consoleText.privacy;
  const query = useLive(
    ["privacy", "erasures"],
    (signal) => call(client.GET("/api/console/privacy/erasures", { signal })),
    2_000,
  );
  const open = query.data?.open.length ?? 0;
  const before = useRef(open);
  useEffect(() => {
    if (open < before.current) onEnded();
    before.current = open;
  }, [open, onEnded]);
  return (
    <Loaded query={query}>
      {(data) => (
        <>
          <Section title={text.openTitle}>
            {data.open.length === 0 ? <p className="quiet-text">{text.openNone}</p> : <Open data={data} />}
            {asked && <Proof key={asked.who.join("\n")} {...asked} ready={data.open.length === 0} />}
          </Section>
          <Section title={text.doneTitle}>
            {data.done.length === 0 ? (
              <p className="quiet-text">{text.doneNone}</p>
            ) : (
              <div className="stack">
                {data.done.map((each) => (
                  <Erasure key={each.id} erasure={each} />
                ))}
              </div>
            )}
          </Section>
        </>
      )}
    </Loaded>
  );
}

function Open({ data }: { data: List }) {
  const text = consoleText.privacy;
  const works = data.work?.kind === "erase";
  const failed = !data.work && data.last?.state === "failed" ? data.last.error : null;

  async function goOn(): Promise<void> {
    try {
      await call(client.POST("/api/console/privacy/finish"));
    } catch (error) {
      toast(messageOf(error), { bad: true });
    }
  }

  return (
    <div className="stack">
      {works && (
        <p className="note good" role="status">
          {text.erasing}: {data.work?.step || "…"}
        </p>
      )}
      {data.work && !works && <p className="note">{text.waits}</p>}
      {failed && (
        <p className="note bad">
          {text.failed} {failed.message} {failed.next_step}
        </p>
      )}
      {!data.work && (
        <div className="form-actions">
          <button type="button" className="button" onClick={() => void goOn()}>
            {text.goOn}
          </button>
        </div>
      )}
      {data.open.map((each) => (
        <Erasure key={each.id} erasure={each} />
      ))}
    </div>
  );
}
