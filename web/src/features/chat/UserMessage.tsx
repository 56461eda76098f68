import { memo, useRef } from "react";
import type { Message } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { CopyButton } from "../../shared/ui/CopyButton";
import { IconButton } from "../../shared/ui/IconButton";
import type { MessageActions } from "./actions";
import { AttachmentChips } from "./AttachmentChips";
import { EditBox } from "./EditBox";
import { elementOf } from "./useFound";
import { Versions } from "./Versions";

interface Props {
  message: Message;
  siblings: readonly Message[];
  editing: boolean;
  busy: boolean;
  actions: MessageActions;
}

export const UserMessage = memo(function UserMessage({ message, siblings, editing, busy, actions }: Props) {
  const item = useRef<HTMLElement>(null);

  function leave(): void {
    actions.setEditing(null);
    // The button that opened the box is drawn again only after this.
    requestAnimationFrame(() => item.current?.querySelector<HTMLElement>("[data-edit]")?.focus());
  }

  return (
    <article
      id={elementOf(message.id)}
      tabIndex={-1}
      className="message from-user"
      aria-label={text.chat.you}
      ref={item}
    >
      {editing ? (
        <EditBox content={message.content} onCancel={leave} onSave={(content) => actions.edit(message, content)} />
      ) : (
        <>
          <div className="bubble" dir="auto">
            {message.content}
          </div>
          <AttachmentChips message={message} />
          <div className="message-row">
            <Versions message={message} siblings={siblings} onChoose={actions.choose} />
            <CopyButton value={message.content} />
            <IconButton
              icon="edit"
              data-edit=""
              label={text.actions.edit}
              disabled={busy}
              onClick={() => actions.setEditing(message.id)}
            />
          </div>
        </>
      )}
    </article>
  );
});
