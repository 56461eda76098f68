import { Page } from "../../shared/console/Page";
import { Tabs } from "../../shared/console/Tabs";
import { navigate, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { FeedbackTab } from "./FeedbackTab";
import { LogTab } from "./LogTab";
import { Queue } from "./Queue";
import "./reviews.css";

interface Props {
  /** What follows the page's name in the address: which tab. */
  rest: string;
  bot: string;
}

const PARTS = ["queue", "feedback", "log"] as const;

export function ReviewsPage({ rest, bot }: Props) {
  const text = consoleText.reviews;
  const part = PARTS.find((each) => each === rest) ?? "queue";
  const asked = useSearch().get("bot");
  const content = { queue: Queue, feedback: FeedbackTab, log: LogTab };
  return (
    <Page title={text.title} about={text.about}>
      <Tabs
        label={text.tabsLabel}
        value={part}
        onChange={(next) => {
          const search = asked ? `?bot=${encodeURIComponent(asked)}` : "";
          navigate(`/console/reviews${next === "queue" ? "" : `/${next}`}${search}`);
        }}
        tabs={PARTS.map((key) => {
          const Content = content[key];
          return { key, label: text.tabs[key], content: <Content bot={bot} /> };
        })}
      />
    </Page>
  );
}
