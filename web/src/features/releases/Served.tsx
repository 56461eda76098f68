import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Confirm } from "../../shared/console/Confirm";
import { EmptyState } from "../../shared/console/EmptyState";
import { Field } from "../../shared/console/Field";
import { ago } from "../../shared/console/format";
import { Link } from "../../shared/console/Link";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { api, releasesKey, type Releases } from "./api";

/** What is served now, and the way back. */
export function Served({ bot, releases, may }: { bot: string; releases: Releases; may: boolean }) {
  const words = consoleText.releases;
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const { served, before, deployment } = releases;
  if (!served || !deployment)
    return (
      <EmptyState
        title={words.none}
        text={words.noneText}
        action={<Link to="/console/training">{words.toTraining}</Link>}
      />
    );
  const newest = releases.history[0];

  async function back(): Promise<void> {
    const done = await api.rollback(bot, deployment ?? "", reason);
    await queries.invalidateQueries({ queryKey: releasesKey(bot) });
    toast(words.rolledBack(done.release));
  }

  return (
    <div className="card served">
      <div>
        <p className="figure-label">{words.served}</p>
        <p className="figure-value">
          <Link to={`/console/releases/${served}`}>{served}</Link>
        </p>
        {newest && <p className="quiet-text">{words.since(ago(newest.time))}</p>}
      </div>
      {may && (
        <button type="button" className="button" disabled={!before} onClick={() => setAsking(true)}>
          {words.rollback}
        </button>
      )}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={words.rollbackTitle}
        text={words.rollbackText(before ?? "", served)}
        action={words.rollback}
        danger
        onConfirm={back}
      >
        <Field label={words.reason} hint={words.reasonHint}>
          {(ids) => (
            <input
              className="input"
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              {...ids}
            />
          )}
        </Field>
      </Confirm>
    </div>
  );
}
