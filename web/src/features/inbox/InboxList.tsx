import { useEffect, useState } from "react";
import { Badge, type Tone } from "../../shared/console/Badge";
import { ago, duration } from "../../shared/console/format";
import { Link } from "../../shared/console/Link";
import { consoleText } from "../../shared/messages/console/text";
import type { InboxItem } from "./useInbox";

const TICK_MS = 10_000;
const TONES: Record<InboxItem["handover"]["state"], Tone> = { wanted: "warn", taken: "info", ended: "plain" };

/** Whoever waits longest first. Each is a link, so that it can be opened in a tab of its own. */
export function InboxList({ items, current }: { items: readonly InboxItem[]; current: string }) {
  const now = useNow();
  const words = consoleText.inbox;
  return (
    <ul className="inbox-items">
      {items.map((item) => (
        <li key={item.id}>
          <Link
            to={`/console/inbox/${encodeURIComponent(item.id)}${window.location.search}`}
            aria-current={item.id === current ? "true" : undefined}
          >
            <span className="inbox-line">
              <strong>{item.title || consoleText.conversations.untitled}</strong>
              {item.unread > 0 && (
                <span className="inbox-unread">
                  {item.unread}
                  <span className="visually-hidden">{words.unread(item.unread)}</span>
                </span>
              )}
            </span>
            {item.said && item.said !== item.title && <span className="inbox-said">{item.said}</span>}
            <span className="inbox-line quiet">
              <Badge tone={TONES[item.handover.state]}>{stateOf(item)}</Badge>
              <span>{item.channel}</span>
              {item.waiting_since ? (
                <span className="inbox-waits">{words.waiting(waited(item.waiting_since, now))}</span>
              ) : (
                <span>{ago(item.updated_at, now)}</span>
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function stateOf({ handover }: InboxItem): string {
  const words = consoleText.inbox;
  if (handover.state !== "taken") return words.states[handover.state];
  return handover.mine ? words.you : handover.name || words.colleague;
}

const waited = (since: string, now: number): string =>
  duration(Math.max(1, Math.round((now - new Date(since).getTime()) / 1000)));

/** The time, often enough for what is shown of it. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
