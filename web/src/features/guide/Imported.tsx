import type { Work } from "../../shared/console/work";
import { consoleText } from "../../shared/messages/console/text";

interface ReadFile {
  file: string;
  format?: string;
  conversations?: number;
  rejected?: Record<string, number>;
  characters?: number;
}

const nameOf = (path: string): string => path.split("/").pop() ?? path;

/** As what files were read, and which of their rows are left out, with the reasons. */
export function Imported({ work }: { work: Work }) {
  const words = consoleText.guide;
  const rows = ["files", "documents"].flatMap((part) => {
    const found = work.result?.[part];
    return Array.isArray(found) ? (found as ReadFile[]) : [];
  });
  return (
    <ul className="imported">
      {rows.map((row) => {
        const rejected = Object.entries(row.rejected ?? {});
        const left = rejected.reduce((sum, [, n]) => sum + n, 0);
        return (
          <li key={row.file}>
            <strong>{nameOf(row.file)}</strong>{" "}
            {row.format ? `${words.readAs(row.format)}, ${words.conversations(row.conversations ?? 0)}` : null}
            {row.characters === undefined ? null : words.characters(row.characters)}
            {left > 0 && (
              <span className="quiet-text">
                {` · ${words.rejected(left)}: ${rejected.map(([why, n]) => `${why} (${n})`).join(", ")}`}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
