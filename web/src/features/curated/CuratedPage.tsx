import { Page } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";

interface Props {
  /** What follows the page's name in the address. */
  rest: string;
  bot: string;
}

export function CuratedPage({ bot }: Props) {
  return <Page title={consoleText.curated.title}>{bot}</Page>;
}
