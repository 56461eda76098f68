import * as AlertDialog from "@radix-ui/react-alert-dialog";
import { useState, type ReactNode } from "react";
import { messageOf } from "../api";
import { consoleText } from "../messages/console/text";
import { ErrorPanel } from "../ui/ErrorPanel";
import { Field } from "./Field";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen, and whether it can be undone. */
  text: ReactNode;
  /** The verb on the button. */
  action: string;
  danger?: boolean;
  /** A word that must be typed first: for what cannot be undone. */
  typed?: string;
  /** Closes when it has worked; shows why it has not. */
  onConfirm: () => Promise<unknown>;
  children?: ReactNode;
}

/** Asks before something is done that matters. */
export function Confirm(props: Props) {
  return (
    <AlertDialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="overlay" />
        <AlertDialog.Content className="dialog">
          <Question {...props} />
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** Its state goes away with the dialog. */
function Question({ title, text, action, danger, typed, onConfirm, onOpenChange, children }: Props) {
  const [word, setWord] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function confirm(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <AlertDialog.Title>{title}</AlertDialog.Title>
      <AlertDialog.Description asChild>
        <div>{text}</div>
      </AlertDialog.Description>
      {children}
      {typed && (
        <Field label={consoleText.shell.typeToConfirm(typed)}>
          {(ids) => (
            <input
              className="input"
              autoComplete="off"
              value={word}
              onChange={(event) => setWord(event.target.value)}
              {...ids}
            />
          )}
        </Field>
      )}
      {error && <ErrorPanel message={error} />}
      <div className="form-actions end">
        <AlertDialog.Cancel className="button">{consoleText.shell.cancel}</AlertDialog.Cancel>
        <button
          type="button"
          className={danger ? "button danger" : "button primary"}
          disabled={busy || (typed !== undefined && word !== typed)}
          onClick={() => void confirm()}
        >
          {action}
        </button>
      </div>
    </>
  );
}
