import { useEffect, useRef, useState } from "react";
import { Field } from "../../shared/console/Field";
import { consoleText } from "../../shared/messages/console/text";

interface Props {
  busy: boolean;
  onCancel: () => void;
  onReject: (reason: string) => void;
}

/** A rejection says why: one of the usual reasons with one click, or in own words. */
export function RejectForm({ busy, onCancel, onReject }: Props) {
  const text = consoleText.reviews;
  const [reason, setReason] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) onReject(reason.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <h2>{text.rejectTitle}</h2>
      <div className="row">
        {text.reasons.map((each) => (
          <button key={each} type="button" className="button" disabled={busy} onClick={() => onReject(each)}>
            {each}
          </button>
        ))}
      </div>
      <Field label={text.reason} hint={text.reasonHint}>
        {(ids) => (
          <input
            {...ids}
            ref={input}
            className="input"
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <div className="form-actions end">
        <button type="button" className="button quiet" onClick={onCancel}>
          {consoleText.shell.cancel}
        </button>
        <button type="submit" className="button primary" disabled={busy || !reason.trim()}>
          {text.rejectIt}
        </button>
      </div>
    </form>
  );
}
