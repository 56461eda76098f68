import { Page } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";

interface Props {
  /** What follows the page's name in the address. */
  rest: string;
  bot: string;
}

export function ReviewsPage({ bot }: Props) {
  return <Page title={consoleText.reviews.title}>{bot}</Page>;
}
