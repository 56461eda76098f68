import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { useEvents } from "../../shared/console/useEvents";
import { navigate } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { counted, show } from "./notify";
import { inboxKey, inboxList } from "./useInbox";

/** On every page of the console: hears of news in the inbox, and tells of those who begin to wait. */
export function InboxAlerts({ bot }: { bot: string }) {
  const queries = useQueryClient();
  const { data } = useQuery(inboxList(bot, false));
  const connected = useEvents(`/api/console/inbox/events?bot=${encodeURIComponent(bot)}`, "changed", () => {
    void queries.invalidateQueries({ queryKey: inboxKey(bot) });
  });
  useCountInTitle(data?.wanted ?? 0);

  const known = useRef<ReadonlySet<string> | null>(null);
  const tell = useEffectEvent((id: string, body: string) =>
    show(consoleText.inbox.notify, body, id, () => navigate(`/console/inbox/${encodeURIComponent(id)}`)),
  );
  useEffect(() => {
    if (!data) return;
    const wanted = data.conversations.filter((each) => each.handover.state === "wanted");
    // Those that waited when the page was opened are no news.
    if (known.current)
      for (const each of wanted) if (!known.current.has(each.id)) tell(each.id, each.said || each.title);
    known.current = new Set(wanted.map((each) => each.id));
  }, [data]);

  return connected ? null : (
    <p className="inbox-lost" role="status">
      {consoleText.inbox.liveLost}
    </p>
  );
}

/** Whatever page sets the title, the number stays in front of it. */
function useCountInTitle(waiting: number): void {
  useEffect(() => {
    const keep = (): void => {
      const title = counted(document.title, waiting);
      if (title !== document.title) document.title = title;
    };
    keep();
    const watch = new MutationObserver(keep);
    const element = document.querySelector("title");
    if (element) watch.observe(element, { childList: true });
    return () => watch.disconnect();
  }, [waiting]);
}
