import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { ago } from "../../shared/console/format";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { knowledge, refresh, type Status } from "./useKnowledge";

/** In one line: what there is, when it was read, and when it is read again. */
export function StatusLine({ status }: { status: Status }) {
  const texts = consoleText.knowledge.status;
  const schedule = [
    status.watch ? texts.watched : texts.unwatched,
    status.sync_minutes > 0 ? texts.everyMinutes(status.sync_minutes) : status.addresses > 0 ? texts.noClock : "",
  ].filter(Boolean);
  return (
    <div className="knowledge-status" role="status">
      <span>{texts.counts(status.documents, status.passages)}</span>
      {status.synced_at && <span>{texts.readAt(ago(status.synced_at))}</span>}
      <span>{schedule.join(" ")}</span>
      {status.syncing && <Badge tone="info">{texts.readingNow(status.what)}</Badge>}
      {!status.syncing && status.problems > 0 && <Badge tone="warn">{texts.problems(status.problems)}</Badge>}
      {status.waiting !== null && status.waiting > 0 && (
        <Badge tone="info">{texts.byMeaning(status.passages - status.waiting, status.passages)}</Badge>
      )}
      {!status.syncing && status.failed && <Badge tone="bad">{texts.failed(status.failed)}</Badge>}
    </div>
  );
}

/** An earlier version is searched: nothing that is put into the folder counts until somebody goes forward. */
export function Held({ bot, mayEdit }: { bot: string; mayEdit: boolean }) {
  const texts = consoleText.knowledge.held;
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  async function forward(): Promise<void> {
    setBusy(true);
    try {
      await knowledge.forward(bot);
      await refresh(queries, bot);
      toast(texts.done);
    } catch (error) {
      toast(messageOf(error), { bad: true });
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="knowledge-held">
      <p>{texts.text}</p>
      {mayEdit && (
        <button type="button" className="button" disabled={busy} onClick={() => void forward()}>
          {texts.forward}
        </button>
      )}
    </div>
  );
}
