import { lazy, Suspense, useRef, useState, type MouseEvent } from "react";
import type { ConversationSummary } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { conversationPath } from "../../shared/paths";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { ConversationMenu } from "./ConversationMenu";
import { RenameBox } from "./RenameBox";
import { Snippet } from "./Snippet";

const DeleteDialog = lazy(async () => ({ default: (await import("./DeleteDialog")).DeleteDialog }));
const ShareDialog = lazy(async () => ({ default: (await import("./ShareDialog")).ShareDialog }));

interface Props {
  conversation: ConversationSummary;
  current: boolean;
  /** What was searched; marked in the place where it was found. */
  search: string;
  onOpen: (id: string, messageId: string | null) => void;
  onDeleted: (id: string) => void;
}

export function ConversationItem({ conversation, current, search, onOpen, onDeleted }: Props) {
  const { id, found } = conversation;
  const title = conversation.title || text.conversations.untitled;
  const [renaming, setRenaming] = useState(false);
  const [dialog, setDialog] = useState<"delete" | "share" | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const item = useRef<HTMLLIElement>(null);
  const close = (open: boolean): void => setDialog(open ? dialog : null);

  function open(event: MouseEvent): void {
    // With a modifier it stays an ordinary link: a new tab or window.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(id, found?.message_id ?? null);
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
          <a
            href={conversationPath(id, found?.message_id)}
            aria-current={current ? "page" : undefined}
            title={title}
            onClick={open}
          >
            <span className="conversation-title" dir="auto">
              {title}
            </span>
            {conversation.channel === "imported" && <small className="tag">{text.own.imported}</small>}
            {found && <Snippet found={found} search={search} />}
          </a>
          <ConversationMenu
            conversation={conversation}
            title={title}
            onRename={() => setRenaming(true)}
            onShare={() => setDialog("share")}
            onDelete={() => setDialog("delete")}
            onProblem={setProblem}
          />
        </>
      )}
      {problem && <ErrorPanel message={problem} onDismiss={() => setProblem(null)} />}
      <Suspense>
        {dialog === "delete" && (
          <DeleteDialog id={id} title={title} open onOpenChange={close} onDeleted={() => onDeleted(id)} />
        )}
        {dialog === "share" && <ShareDialog id={id} onClose={() => setDialog(null)} />}
      </Suspense>
    </li>
  );
}
