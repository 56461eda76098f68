import { consoleText } from "../messages/console/text";
import { differences } from "./words";
import "./diff.css";

/** A text with what went struck out and what came underlined: seen without colours, and heard as deleted and inserted. */
export function WordDiff({ before, after }: { before: string; after: string }) {
  const pieces = differences(before, after);
  const changed = pieces.some((piece) => piece.kind !== "same");
  return (
    <div className="word-diff" dir="auto">
      {changed
        ? pieces.map((piece, index) =>
            piece.kind === "same" ? (
              <span key={index}>{piece.text}</span>
            ) : piece.kind === "gone" ? (
              <del key={index}>{piece.text}</del>
            ) : (
              <ins key={index}>{piece.text}</ins>
            ),
          )
        : consoleText.shell.same}
    </div>
  );
}
