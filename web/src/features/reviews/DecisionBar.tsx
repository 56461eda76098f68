import { consoleText } from "../../shared/messages/console/text";
import { KEYS, type Command } from "./keys";

interface Props {
  keysOn: boolean;
  busy: boolean;
  mayCurate: boolean;
  /** The one whose effects are shown below. */
  shown: Command;
  onShow: (command: Command) => void;
  onRun: (command: Command) => void;
}

const ACTIONS = ["accept", "curate", "edit", "redact", "case", "reject"] as const;

/** The decisions with their keys. Pointing at one, or reaching it with Tab, shows what it would do. */
export function DecisionBar({ keysOn, busy, mayCurate, shown, onShow, onRun }: Props) {
  const text = consoleText.reviews;
  return (
    <div className="row review-bar" role="group" aria-label={text.decide}>
      {ACTIONS.filter((each) => each !== "curate" || mayCurate).map((action) => (
        <button
          key={action}
          type="button"
          className={action === "accept" ? "button primary" : "button"}
          aria-keyshortcuts={keysOn ? KEYS[action] : undefined}
          data-shown={shown === action}
          disabled={busy}
          onFocus={() => onShow(action)}
          onMouseEnter={() => onShow(action)}
          onClick={() => onRun(action)}
        >
          {text.actions[action]} {keysOn && <kbd aria-hidden="true">{KEYS[action]}</kbd>}
        </button>
      ))}
      <button type="button" className="button quiet" disabled={busy} onClick={() => onRun("undo")}>
        {text.undo} {keysOn && <kbd aria-hidden="true">{KEYS.undo}</kbd>}
      </button>
    </div>
  );
}
