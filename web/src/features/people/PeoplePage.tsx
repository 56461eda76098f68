import { Page } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";

interface Props {
  /** What follows the page's name in the address. */
  rest: string;
  bot: string;
}

export function PeoplePage({ bot }: Props) {
  return <Page title={consoleText.people.title}>{bot}</Page>;
}
