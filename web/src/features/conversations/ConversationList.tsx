import { messageOf } from "../../shared/api";
import { text } from "../../shared/messages/text";
import { serverNow } from "../../shared/told";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { ConversationItem } from "./ConversationItem";
import { groupByAge } from "./groups";
import { useConversationList } from "./useConversations";

interface Props {
  search: string;
  currentId: string | null;
  onOpen: (id: string, messageId: string | null) => void;
  onDeleted: (id: string) => void;
}

export function ConversationList({ search, currentId, onOpen, onDeleted }: Props) {
  const list = useConversationList(search);
  if (!list.data) {
    return list.isError ? (
      <ErrorPanel
        message={`${text.conversations.failed} ${messageOf(list.error)}`}
        onRetry={() => void list.refetch()}
      />
    ) : (
      <p className="list-note">{text.app.loading}</p>
    );
  }
  if (list.data.length === 0) {
    return <p className="list-note">{search ? text.conversations.noMatch(search) : text.conversations.none}</p>;
  }
  return groupByAge(list.data, serverNow()).map(({ age, conversations }) => (
    <section key={age} aria-labelledby={`group-${age}`}>
      <h3 id={`group-${age}`}>{text.conversations.groups[age]}</h3>
      <ul>
        {conversations.map((conversation) => (
          <ConversationItem
            key={conversation.id}
            conversation={conversation}
            current={conversation.id === currentId}
            search={search.trim()}
            onOpen={onOpen}
            onDeleted={onDeleted}
          />
        ))}
      </ul>
    </section>
  ));
}
