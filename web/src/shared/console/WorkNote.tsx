import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { messageOf } from "../api";
import { consoleText } from "../messages/console/text";
import { ErrorPanel } from "../ui/ErrorPanel";
import { Badge, type Tone } from "./Badge";
import { ago, number } from "./format";
import { stopWork, useWork, workAgain, type Work } from "./work";
import "./work.css";

const TONES: Record<Work["state"], Tone> = {
  running: "info",
  done: "good",
  failed: "bad",
  stopped: "warn",
  interrupted: "warn",
};

interface Props {
  bot: string;
  work: Work;
  /** The queries that are asked anew when it has ended. */
  then: readonly string[];
  /** What may go on with it; nothing is offered where this is not allowed. */
  may: boolean;
  /** What it came to, once it is done. */
  children?: (work: Work) => ReactNode;
}

/** A piece of work: how far it is, what it says, how it ended, and what can be done about it. */
export function WorkNote({ bot, work: first, then, may, children }: Props) {
  const words = consoleText.training.work;
  const work = useWork(bot, first, then);
  const running = work.state === "running";
  return (
    <div className="card work" role="group" aria-label={words.kinds[work.kind] ?? work.kind}>
      <div className="work-head">
        <strong>{words.kinds[work.kind] ?? work.kind}</strong>
        {work.about && <span className="quiet-text">{work.about}</span>}
        <Badge tone={TONES[work.state]}>{work.stopping ? words.stopping : words.states[work.state]}</Badge>
        <span className="quiet-text">{words.by(ago(work.began))}</span>
        {may && <Buttons bot={bot} work={work} then={then} />}
      </div>
      {running && <Progress work={work} />}
      {work.error && <ErrorPanel message={[work.error.message, work.error.next_step].filter(Boolean).join(" ")} />}
      {work.state === "done" && children?.(work)}
      {work.lines.length > 0 && (
        <details>
          <summary>{words.said}</summary>
          <pre className="work-lines" tabIndex={0} aria-label={words.said}>
            {work.lines.join("\n")}
          </pre>
        </details>
      )}
    </div>
  );
}

function Progress({ work }: { work: Work }) {
  const words = consoleText.training.work;
  const total = work.total ?? 0;
  const told = [
    work.step || words.starting,
    total > 0 ? words.of(number(work.done), number(total)) : "",
    work.note,
  ].filter(Boolean);
  return (
    <div className="work-progress">
      {total > 0 ? (
        <progress aria-label={words.progress} value={work.done} max={total} />
      ) : (
        <progress aria-label={words.progress} />
      )}
      <span className="quiet-text">{told.join(" · ")}</span>
    </div>
  );
}

function Buttons({ bot, work, then }: { bot: string; work: Work; then: readonly string[] }) {
  const words = consoleText.training.work;
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function act(action: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await action();
      await queries.invalidateQueries({ queryKey: ["work", bot, work.id] });
      await queries.invalidateQueries({ queryKey: [...then] });
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <span className="work-buttons">
      {work.state === "running" && (
        <button
          type="button"
          className="button"
          disabled={busy || work.stopping}
          title={words.stopHint}
          onClick={() => void act(() => stopWork(bot, work.id))}
        >
          {words.stop}
        </button>
      )}
      {work.again && work.state !== "running" && (
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => void act(() => workAgain(bot, work.id))}
        >
          {work.state === "failed" ? words.retry : words.again}
        </button>
      )}
      {error && <ErrorPanel message={error} />}
    </span>
  );
}
