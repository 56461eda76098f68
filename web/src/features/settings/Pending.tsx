import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { call, client, messageOf } from "../../shared/api";
import { toast } from "../../shared/console/toast";
import { useLive } from "../../shared/console/useLive";
import { consoleText } from "../../shared/messages/console/text";
import { Effects } from "./Effects";
import type { Settings } from "./draft";

/** The kind of work that makes a release of the settings. */
const KIND = "up";

/** What is saved and does not count yet, and how it comes to count. */
export function Pending({ bot, settings }: { bot: string; settings: Settings }) {
  const text = consoleText.settings;
  const cache = useQueryClient();
  const query = useLive(
    ["settings-work", bot],
    (signal) => call(client.GET("/api/console/work", { params: { query: { bot, kind: [KIND], limit: 1 } }, signal })),
    3_000,
  );
  const running = query.data?.running ?? null;
  const last = query.data?.work[0] ?? null;
  const works = running?.kind === KIND;
  const before = useRef(works);
  useEffect(() => {
    if (before.current && !works) void cache.invalidateQueries({ queryKey: ["settings", bot] });
    before.current = works;
  }, [works, cache, bot]);

  async function apply(): Promise<void> {
    try {
      await call(client.POST("/api/console/settings/apply", { params: { query: { bot } } }));
      await query.refetch();
    } catch (error) {
      toast(messageOf(error), { bad: true });
    }
  }

  if (settings.pending.length === 0 && !works) return null;
  const release = settings.pending.some((each) => each.effect === "release");
  return (
    <section className="card stack" aria-label={text.pendingTitle}>
      <h2>{text.pendingTitle}</h2>
      <Effects effects={settings.pending} />
      {works && (
        <p className="note good" role="status">
          {text.applying}: {running.step || "…"}
        </p>
      )}
      {running && !works && <p className="note">{text.busy}</p>}
      {!running && last?.state === "failed" && (
        <p className="note bad">
          {text.applyFailed} {last.error?.message} {last.error?.next_step}
        </p>
      )}
      {release && (
        <>
          <p className="quiet-text">{text.applyAbout}</p>
          <div className="form-actions">
            <button type="button" className="button primary" disabled={running !== null} onClick={() => void apply()}>
              {text.apply}
            </button>
          </div>
        </>
      )}
    </section>
  );
}
