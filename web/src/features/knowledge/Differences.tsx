import { Badge } from "../../shared/console/Badge";
import { consoleText } from "../../shared/messages/console/text";
import type { Changed, Piece } from "./useKnowledge";
import { compare } from "./words";

const TONES = { added: "good", changed: "info", removed: "bad", same: "plain" } as const;

/** Documents that differ, each with its passages, word by word. */
export function Differences({ documents }: { documents: readonly Changed[] }) {
  return (
    <ul className="differences">
      {documents.map((each) => (
        <li key={each.name} className="card">
          <OneDocument document={each} />
        </li>
      ))}
    </ul>
  );
}

function OneDocument({
  document: { name, kind, pieces, added, changed, gone, same, twin, cited },
}: {
  document: Changed;
}) {
  const texts = consoleText.knowledge.difference;
  const notes = [
    texts.passages(added, changed, gone, same),
    twin ? texts.twin(twin) : "",
    cited > 0 ? texts.cited(cited) : "",
  ].filter(Boolean);
  return (
    <details open={pieces.length > 0 && pieces.length <= 6}>
      <summary>
        <span className="row">
          <Badge tone={TONES[kind]}>{texts.kinds[kind]}</Badge> <strong dir="auto">{name}</strong>
        </span>
        <span className="quiet-text">{notes.join(" ")}</span>
      </summary>
      <div className="stack">
        {pieces.map((piece, index) => (
          <OnePiece key={index} piece={piece} />
        ))}
        {pieces.length < added + changed + gone && (
          <p className="quiet-text">{texts.morePassages(added + changed + gone - pieces.length)}</p>
        )}
      </div>
    </details>
  );
}

function OnePiece({ piece }: { piece: Piece }) {
  return (
    <p className="passage" dir="auto">
      {compare(piece.before, piece.after).map(([kind, text], index) =>
        kind === "same" ? (
          <span key={index}>{text}</span>
        ) : kind === "added" ? (
          <ins key={index}>{text}</ins>
        ) : (
          <del key={index}>{text}</del>
        ),
      )}
    </p>
  );
}
