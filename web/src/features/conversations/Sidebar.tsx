import { useState, type MouseEvent, type ReactNode } from "react";
import { text } from "../../shared/messages/text";
import { NEW_CONVERSATION } from "../../shared/paths";
import { Icon } from "../../shared/ui/Icon";
import { IconButton } from "../../shared/ui/IconButton";
import { Mark } from "../../shared/ui/Mark";
import { ConversationList } from "./ConversationList";
import { LIST_ID, SEARCH_ID } from "./ids";

interface Props {
  title: string;
  currentId: string | null;
  onOpen: (id: string, messageId: string | null) => void;
  onNew: () => void;
  onDeleted: (id: string) => void;
  onHide: () => void;
  footer: ReactNode;
}

export function Sidebar({ title, currentId, onOpen, onNew, onDeleted, onHide, footer }: Props) {
  const [search, setSearch] = useState("");

  function startNew(event: MouseEvent): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onNew();
  }

  return (
    <div className="sidebar">
      <div className="sidebar-head">
        <Mark size={26} />
        <span className="sidebar-title">{title}</span>
        <IconButton icon="sidebar" label={text.conversations.hide} onClick={onHide} />
      </div>
      <a className="new-conversation" href={NEW_CONVERSATION} onClick={startNew}>
        <Icon name="plus" />
        {text.conversations.new}
      </a>
      <div className="search">
        <Icon name="search" size={16} />
        <input
          id={SEARCH_ID}
          type="search"
          value={search}
          placeholder={text.conversations.search}
          aria-label={text.conversations.search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <nav id={LIST_ID} className="conversations" aria-label={text.conversations.title} tabIndex={-1}>
        <ConversationList search={search} currentId={currentId} onOpen={onOpen} onDeleted={onDeleted} />
      </nav>
      <div className="sidebar-foot">{footer}</div>
    </div>
  );
}
