import type { ConversationSummary } from "../../shared/api-types";
import { text } from "../../shared/messages/text";

interface Props {
  found: NonNullable<ConversationSummary["found"]>;
  search: string;
}

/** The words that were searched, with those around them. */
export function Snippet({ found, search }: Props) {
  const end = found.start + search.length;
  return (
    <span className="snippet" dir="auto">
      <span className="visually-hidden">{text.own.foundIn}: </span>
      {found.text.slice(0, found.start)}
      <mark>{found.text.slice(found.start, end)}</mark>
      {found.text.slice(end)}
    </span>
  );
}
