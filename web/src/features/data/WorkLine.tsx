import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { messageOf } from "../../shared/api";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { IconButton } from "../../shared/ui/IconButton";
import { data, keys } from "./useData";

interface Props {
  bot: string;
  id: string;
  onClose: () => void;
}

/** A build or an import as it goes on, and how it ended. */
export function WorkLine({ bot, id, onClose }: Props) {
  const texts = consoleText.data.work;
  const queries = useQueryClient();
  const work = useQuery({
    queryKey: ["work", bot, id],
    queryFn: ({ signal }) => data.work(bot, id, signal),
    refetchInterval: (query) => (query.state.data && query.state.data.state !== "running" ? false : 1_000),
  });
  const state = work.data?.state;
  useEffect(() => {
    if (state && state !== "running") void queries.invalidateQueries({ queryKey: keys.all(bot) });
  }, [state, queries, bot]);
  if (!work.data) return null;
  const { kind, about, step, done, total, note, lines, error } = work.data;
  const running = state === "running";
  const what = texts.kinds[kind as keyof typeof texts.kinds] ?? kind;
  return (
    <section className="card work" aria-label={what} role="status">
      <div className="row spread">
        <strong dir="auto">
          {what} {about}
        </strong>
        <span className="row">
          <span className="quiet-text">{texts.states[work.data.state]}</span>
          {running ? (
            <button
              type="button"
              className="button quiet"
              disabled={work.data.stopping}
              onClick={() =>
                void data
                  .stop(bot, id)
                  .then(() => work.refetch())
                  .catch((problem: unknown) => toast(messageOf(problem), { bad: true }))
              }
            >
              {texts.stop}
            </button>
          ) : (
            <IconButton icon="close" label={consoleText.shell.dismiss} onClick={onClose} />
          )}
        </span>
      </div>
      {running && <progress {...(total ? { value: done, max: total } : {})} aria-label={step || what} />}
      {running && <p className="quiet-text">{[step, note].filter(Boolean).join(": ")}</p>}
      {error && (
        <p className="field-error">
          {error.message} {error.next_step}
        </p>
      )}
      {!running && !error && lines.length > 0 && (
        <details>
          <summary>{texts.said}</summary>
          <pre className="code said">{lines.join("\n")}</pre>
        </details>
      )}
    </section>
  );
}
