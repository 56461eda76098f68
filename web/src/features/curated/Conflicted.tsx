import { consoleText } from "../../shared/messages/console/text";
import type { Answer } from "./types";

interface Props {
  theirs: Answer;
  onMine: () => void;
  onTheirs: () => void;
}

/** Two people changed one answer: what it says now, and whose shall stand. */
export function Conflicted({ theirs, onMine, onTheirs }: Props) {
  const text = consoleText.curated;
  return (
    <div className="card stack" role="alert">
      <p>{text.conflict}</p>
      <p className="quiet-text">{text.conflictNow}</p>
      <blockquote dir="auto">
        {theirs.text}
        <br />
        <span className="quiet-text">{theirs.questions.join(" · ")}</span>
      </blockquote>
      <div className="form-actions">
        <button type="button" className="button primary" onClick={onMine}>
          {text.keepMine}
        </button>
        <button type="button" className="button" onClick={onTheirs}>
          {text.takeTheirs}
        </button>
      </div>
    </div>
  );
}
