import * as Menu from "@radix-ui/react-dropdown-menu";
import { announce } from "../../shared/announce";
import { messageOf } from "../../shared/api";
import type { ConversationSummary } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { Icon, type IconName } from "../../shared/ui/Icon";
import { IconButton } from "../../shared/ui/IconButton";
import { saveConversation } from "./saving";
import { usePin } from "./useConversations";

interface Props {
  conversation: ConversationSummary;
  title: string;
  onRename: () => void;
  onShare: () => void;
  onDelete: () => void;
  onProblem: (problem: string | null) => void;
}

export function ConversationMenu({ conversation, title, onRename, onShare, onDelete, onProblem }: Props) {
  const { id } = conversation;
  const pinned = conversation.pinned_at !== null;
  const pinning = usePin(id);

  async function save(format: "json" | "markdown"): Promise<void> {
    onProblem(null);
    try {
      await saveConversation(id, title, format);
      announce(text.own.saved);
    } catch (error) {
      onProblem(text.own.saveFailed(messageOf(error)));
    }
  }

  const item = (icon: IconName, label: string, run: () => void, danger = false) => (
    <Menu.Item className={danger ? "menu-item danger" : "menu-item"} onSelect={run}>
      <Icon name={icon} />
      {label}
    </Menu.Item>
  );
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>
        <IconButton icon="more" label={text.conversations.more(title)} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="menu" align="start" sideOffset={4} collisionPadding={8}>
          {item("edit", text.conversations.rename, onRename)}
          {item("pin", pinned ? text.own.unpin : text.own.pin, () =>
            pinning.mutate(!pinned, { onError: (error) => onProblem(messageOf(error)) }),
          )}
          {conversation.channel !== "imported" && item("share", text.own.share, onShare)}
          {item("save", text.own.saveMarkdown, () => void save("markdown"))}
          {item("save", text.own.saveJson, () => void save("json"))}
          {item("trash", text.conversations.delete, onDelete, true)}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
