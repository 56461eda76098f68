import { Link } from "../../shared/console/Link";
import { bytes, duration, number } from "../../shared/console/format";
import type { Work } from "../../shared/console/work";
import { consoleText } from "../../shared/messages/console/text";

/** What a piece of work came to, where this page has something to say of it. */
export function Outcome({ work }: { work: Work }) {
  const result = work.result ?? {};
  if (work.kind === "plan") return <Plan plan={result} />;
  if (work.kind === "improve-plan") return <Learns result={result} />;
  const release = result["release"];
  const said = typeof result["said"] === "string" ? result["said"] : "";
  return (
    <>
      {said && <p>{said}</p>}
      {typeof release === "string" && (
        <p>
          <Link to={`/console/releases/${release}`}>{consoleText.releases.release(release)}</Link>
        </p>
      )}
    </>
  );
}

function Learns({ result }: { result: Record<string, unknown> }) {
  const words = consoleText.training;
  const rows = Array.isArray(result["rows"]) ? (result["rows"] as { question?: string }[]) : [];
  if (rows.length === 0) return <p>{words.learnNothing}</p>;
  return (
    <>
      <p>{words.learns(rows.length)}</p>
      <ul>
        {rows.slice(0, 10).map((row, index) => (
          <li key={index}>{row.question}</li>
        ))}
      </ul>
    </>
  );
}

function Plan({ plan }: { plan: Record<string, unknown> }) {
  const words = consoleText.training;
  const figure = (name: string): number | null => (typeof plan[name] === "number" ? plan[name] : null);
  const write = (name: string, how: (value: number) => string): string => {
    const value = figure(name);
    return value === null ? "–" : how(value);
  };
  const rows: [string, string][] = [
    [words.planRows.conversations, write("conversations", number)],
    [words.planRows.tokens, write("tokens", number)],
    [words.planRows.parameters, write("parameters", number)],
    [words.planRows.steps, write("steps", number)],
    [words.planRows.epochs, write("epochs", (value) => number(value, 1))],
    [words.planRows.seconds, write("seconds", duration)],
    [words.planRows.memory, words.ofFree(write("memory", bytes), write("memory_free", bytes))],
    [words.planRows.forecast, write("forecast_bits_per_byte", (value) => number(value, 2))],
    [words.planRows.machine, typeof plan["machine"] === "string" ? plan["machine"] : "–"],
  ];
  const lines = Array.isArray(plan["lines"]) ? plan["lines"].map(String) : [];
  return (
    <>
      <h3>{words.planned}</h3>
      {typeof plan["run"] === "string" && <p>{words.known(plan["run"], String(plan["state"]))}</p>}
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>{words.inWords}</summary>
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
    </>
  );
}
