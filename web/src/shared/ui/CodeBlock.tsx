import { memo, useMemo } from "react";
import { text } from "../messages/text";
import { CopyButton } from "./CopyButton";
import { useCut } from "./useCut";

/** Lines shown before somebody asks for all of them. */
const FIRST_LINES = 300;
const FIRST_CHARACTERS = 60_000;
/** Lines in one element; a browser leaves out the drawing of elements that are not in sight. */
const CHUNK_LINES = 400;

/** Code with its language and a button to copy it, all of it, however much of it is shown. */
export const CodeBlock = memo(function CodeBlock({ language, code }: { language: string; code: string }) {
  const lines = useMemo(() => countLines(code), [code]);
  const long = lines > FIRST_LINES * 1.25 || code.length > FIRST_CHARACTERS;
  const { showAll } = useCut(long ? Infinity : 1, 1);
  const shown = useMemo(() => (showAll ? firstLines(code, FIRST_LINES, FIRST_CHARACTERS) : code), [showAll, code]);
  const chunks = useMemo(() => chunksOf(shown, CHUNK_LINES), [shown]);
  const name = language || text.markdown.code;
  return (
    <figure className="code-block">
      <figcaption>
        <span>{name}</span>
        <CopyButton value={code} label={text.actions.copyCode} />
      </figcaption>
      {/* Focusable, because wide code scrolls sideways and must do so from the keyboard too. */}
      <pre tabIndex={0} aria-label={name} role="region">
        {chunks.length === 1 ? (
          <code>{chunks[0]}</code>
        ) : (
          chunks.map((chunk, place) => (
            <code key={place} className="code-chunk">
              {chunk}
            </code>
          ))
        )}
      </pre>
      {showAll && (
        <button type="button" className="button quiet show-all" onClick={showAll}>
          {text.markdown.allLines(lines)}
        </button>
      )}
    </figure>
  );
});

function countLines(code: string): number {
  let lines = 1;
  for (let at = code.indexOf("\n"); at >= 0; at = code.indexOf("\n", at + 1)) lines++;
  return lines;
}

function firstLines(code: string, lines: number, characters: number): string {
  let end = 0;
  for (let seen = 0; seen < lines && end >= 0; seen++) end = code.indexOf("\n", seen === 0 ? 0 : end + 1);
  return code.slice(0, Math.min(end < 0 ? code.length : end, characters));
}

/** Pieces that end after every so many lines; without the line break between them, which being blocks makes. */
function chunksOf(code: string, lines: number): string[] {
  const chunks: string[] = [];
  let from = 0;
  let seen = 0;
  for (let at = code.indexOf("\n"); at >= 0; at = code.indexOf("\n", at + 1)) {
    if (++seen % lines > 0) continue;
    chunks.push(code.slice(from, at));
    from = at + 1;
  }
  return [...chunks, code.slice(from)];
}
