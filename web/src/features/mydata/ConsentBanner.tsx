import { messageOf } from "../../shared/api";
import { text } from "../../shared/messages/text";
import { useConsent, usePrivacy } from "./usePrivacy";

/** Asks once, in the way of nothing; both answers are as easy, and no answer is none. */
export function ConsentBanner() {
  const { data } = usePrivacy();
  const answering = useConsent();
  if (!data || data.text === "" || data.consent !== null) return null;
  const answer = (label: string, granted: boolean) => (
    <button
      type="button"
      className="button"
      disabled={answering.isPending}
      onClick={() => answering.mutate({ granted, version: data.version })}
    >
      {label}
    </button>
  );
  return (
    <section className="consent" aria-label={text.mine.consentTitle}>
      <div>
        <h2>{text.mine.consentTitle}</h2>
        <p className="consent-text" dir="auto">
          {data.text}
        </p>
        {answering.isError && <p role="alert">{messageOf(answering.error)}</p>}
      </div>
      <div className="form-actions">
        {answer(text.mine.no, false)}
        {answer(text.mine.yes, true)}
      </div>
    </section>
  );
}
