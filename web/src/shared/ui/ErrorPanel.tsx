import { text } from "../messages/text";
import { Icon } from "./Icon";

interface Props {
  title?: string;
  message: string;
  onRetry?: (() => void) | undefined;
  retryLabel?: string;
  onDismiss?: (() => void) | undefined;
  dismissLabel?: string;
}

/** What went wrong, and the next step. With a title it stands for a whole area, without it is a note. */
export function ErrorPanel({ title, message, onRetry, retryLabel, onDismiss, dismissLabel }: Props) {
  return (
    <div className={title ? "error-panel" : "error-note"} role="alert">
      <Icon name="alert" size={title ? 28 : 18} />
      <div>
        {title && <h2>{title}</h2>}
        <p>{message}</p>
      </div>
      {(onRetry ?? onDismiss) && (
        <div className="error-actions">
          {onRetry && (
            <button type="button" className="button" onClick={onRetry}>
              {retryLabel ?? text.errors.retry}
            </button>
          )}
          {onDismiss && (
            <button type="button" className="button quiet" onClick={onDismiss}>
              {dismissLabel ?? text.errors.dismiss}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
