import { consoleText } from "../../shared/messages/console/text";

/** Lines that go and come, as `diff -u` writes them. */
export function Difference({ lines }: { lines: readonly string[] }) {
  return (
    <pre className="code-box" tabIndex={0} role="region" aria-label={consoleText.settings.reviewTitle}>
      {lines.map((line, index) => (
        <span key={index} className={classOf(line)}>
          {line.startsWith("@@") ? "…" : line}
        </span>
      ))}
    </pre>
  );
}

const classOf = (line: string): string =>
  line.startsWith("+") ? "diff-line added" : line.startsWith("-") ? "diff-line gone" : "diff-line";
