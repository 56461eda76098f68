import { useState } from "react";
import { EmptyState } from "../../shared/console/EmptyState";
import { Link } from "../../shared/console/Link";
import { Loaded } from "../../shared/console/Loaded";
import { Page } from "../../shared/console/Page";
import { Sheet } from "../../shared/console/Sheet";
import { Tabs } from "../../shared/console/Tabs";
import { consoleText } from "../../shared/messages/console/text";
import { Icon } from "../../shared/ui/Icon";
import { InboxList } from "./InboxList";
import { InboxSettings } from "./InboxSettings";
import { InboxTalk } from "./InboxTalk";
import { useInboxList } from "./useInbox";
import "./inbox.css";

interface Props {
  /** What follows the page's name in the address. */
  rest: string;
  bot: string;
}

/** Who waits for a person, and one conversation beside the list; on a narrow screen one of the two. */
export function InboxPage({ rest, bot }: Props) {
  const [tab, setTab] = useState<"open" | "ended">("open");
  const [settings, setSettings] = useState(false);
  const words = consoleText.inbox;
  const id = decodeURIComponent(rest);
  const tabs = (["open", "ended"] as const).map((key) => ({
    key,
    label: words[key],
    content: <Listed bot={bot} ended={key === "ended"} current={id} />,
  }));
  return (
    <Page
      title={words.title}
      about={words.about}
      actions={
        <button type="button" className="button" onClick={() => setSettings(true)}>
          {words.settings}
        </button>
      }
    >
      <div className={id ? "inbox with-talk" : "inbox"}>
        <aside className="inbox-list">
          <Tabs label={words.list} tabs={tabs} value={tab} onChange={setTab} />
        </aside>
        <section className="inbox-talk" aria-label={words.list}>
          {id ? (
            <>
              <Link className="inbox-back" to={`/console/inbox${window.location.search}`}>
                <Icon name="left" size={16} />
                {words.back}
              </Link>
              <InboxTalk key={id} bot={bot} id={id} />
            </>
          ) : (
            <EmptyState title={words.choose} text={words.chooseText} />
          )}
        </section>
      </div>
      <Sheet open={settings} onOpenChange={setSettings} title={words.settings}>
        <InboxSettings bot={bot} />
      </Sheet>
    </Page>
  );
}

function Listed({ bot, ended, current }: { bot: string; ended: boolean; current: string }) {
  const query = useInboxList(bot, ended);
  const words = consoleText.inbox;
  return (
    <Loaded query={query}>
      {({ conversations }) =>
        conversations.length > 0 ? (
          <InboxList items={conversations} current={current} />
        ) : ended ? (
          <EmptyState title={words.emptyEnded} text={words.emptyEndedText} />
        ) : (
          <EmptyState title={words.empty} text={words.emptyText} />
        )
      }
    </Loaded>
  );
}
