import { messageOf } from "../../shared/api";
import { day } from "../../shared/console/format";
import { text } from "../../shared/messages/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { useConsent, usePrivacy } from "./usePrivacy";

/** How what is written here is used, and the answer to that, which can be changed at any time. */
export function ConsentSettings() {
  const privacy = usePrivacy();
  const answering = useConsent();
  if (privacy.isError) {
    return <ErrorPanel message={messageOf(privacy.error)} onRetry={() => void privacy.refetch()} />;
  }
  const { data } = privacy;
  if (!data) return <p>{text.app.loading}</p>;
  const granted = data.consent?.granted ?? false;
  return (
    <section>
      <h3>{data.text ? text.mine.consentTitle : text.mine.title}</h3>
      {data.text ? (
        <>
          <p className="consent-text" dir="auto">
            {data.text}
          </p>
          <p>{granted && data.consent ? text.mine.granted(day(data.consent.at)) : text.mine.refused}</p>
          <button
            type="button"
            className="button"
            disabled={answering.isPending}
            onClick={() => answering.mutate({ granted: !granted, version: data.version })}
          >
            {granted ? text.mine.withdraw : text.mine.agree}
          </button>
          {answering.isError && <ErrorPanel message={messageOf(answering.error)} />}
        </>
      ) : (
        <p>{text.mine.unasked}</p>
      )}
      <p>{text.mine.kept(data.retention_days)}</p>
    </section>
  );
}
