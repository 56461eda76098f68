import * as Menu from "@radix-ui/react-dropdown-menu";
import { useRef, useState, type MouseEvent } from "react";
import type { ConversationSummary } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { conversationPath } from "../../shared/paths";
import { Icon } from "../../shared/ui/Icon";
import { IconButton } from "../../shared/ui/IconButton";
import { DeleteDialog } from "./DeleteDialog";
import { RenameBox } from "./RenameBox";

interface Props {
  conversation: ConversationSummary;
  current: boolean;
  onOpen: (id: string) => void;
  onDeleted: (id: string) => void;
}

export function ConversationItem({ conversation, current, onOpen, onDeleted }: Props) {
  const { id } = conversation;
  const title = conversation.title || text.conversations.untitled;
  const [renaming, setRenaming] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const item = useRef<HTMLLIElement>(null);

  function open(event: MouseEvent): void {
    // With a modifier it stays an ordinary link: a new tab or window.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(id);
  }

  function endRenaming(): void {
    setRenaming(false);
    requestAnimationFrame(() => item.current?.querySelector("a")?.focus());
  }

  return (
    <li ref={item} className={current ? "conversation current" : "conversation"}>
      {renaming ? (
        <RenameBox id={id} title={conversation.title} onLeave={endRenaming} />
      ) : (
        <>
          <a href={conversationPath(id)} aria-current={current ? "page" : undefined} title={title} onClick={open}>
            {title}
          </a>
          <Menu.Root modal={false}>
            <Menu.Trigger asChild>
              <IconButton icon="more" label={text.conversations.more(title)} />
            </Menu.Trigger>
            <Menu.Portal>
              <Menu.Content className="menu" align="start" sideOffset={4} collisionPadding={8}>
                <Menu.Item className="menu-item" onSelect={() => setRenaming(true)}>
                  <Icon name="edit" />
                  {text.conversations.rename}
                </Menu.Item>
                <Menu.Item className="menu-item danger" onSelect={() => setDeleting(true)}>
                  <Icon name="trash" />
                  {text.conversations.delete}
                </Menu.Item>
              </Menu.Content>
            </Menu.Portal>
          </Menu.Root>
        </>
      )}
      <DeleteDialog id={id} title={title} open={deleting} onOpenChange={setDeleting} onDeleted={() => onDeleted(id)} />
    </li>
  );
}
