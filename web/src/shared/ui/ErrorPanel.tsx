import { text } from "../messages/text";
import { Icon } from "./Icon";
import { useCountdown } from "./useCountdown";

interface Props {
  title?: string;
  message: string;
  onRetry?: (() => void) | undefined;
  retryLabel?: string;
  /** Not before this time (milliseconds of `Date.now()`) is there any use in trying again. */
  notBefore?: number;
  onDismiss?: (() => void) | undefined;
  dismissLabel?: string;
}

/** What went wrong, and the next step. With a title it stands for a whole area, without it is a note. */
export function ErrorPanel({ title, message, onRetry, retryLabel, notBefore = 0, onDismiss, dismissLabel }: Props) {
  const wait = useCountdown(notBefore);
  const again = retryLabel ?? text.errors.retry;
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
            <button type="button" className="button" aria-disabled={wait > 0} onClick={() => wait === 0 && onRetry()}>
              {wait > 0 ? text.errors.retryIn(wait) : again}
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
