import type { ReactNode } from "react";
import { text } from "../../shared/messages/text";
import { Guard } from "../../shared/ui/Guard";
import { IconButton } from "../../shared/ui/IconButton";
import type { AttachedText } from "../../shared/api-types";
import type { MessageActions } from "./actions";
import { AssistantMessage } from "./AssistantMessage";
import { PendingAsk } from "./PendingAsk";
import { pathUpTo, type Step } from "./tree";
import type { Asking } from "./useAsk";
import { partsOf, useRecent } from "./useRecent";
import { UserMessage } from "./UserMessage";
import { useStickToBottom } from "./useStickToBottom";

interface Props {
  conversationId: string | null;
  path: readonly Step[];
  asking: Asking;
  assistant: string;
  busy: boolean;
  editing: string | null;
  actions: MessageActions;
  /** A message that is to be among those drawn. */
  found: string | null;
  onToBox: (content: string, texts: readonly AttachedText[]) => void;
  /** Shown instead of messages while there are none. */
  empty: ReactNode;
  /** Shown behind the last message. */
  foot: ReactNode;
}

export function Thread(props: Props) {
  const { conversationId, path, asking, assistant, busy, editing, actions, found, onToBox, empty, foot } = props;
  const pending = asking.current;
  // Asking something brings the end into view, and so does its arrival.
  const { box, content, away, toBottom } = useStickToBottom(
    `${conversationId}/${pending?.parent_id}/${pending?.content}`,
  );
  const steps = pending ? pathUpTo(path, pending.parent_id) : path;
  const nothing = steps.length === 0 && !pending;
  const { first, earlier, showEarlier } = useRecent(steps, conversationId, box, found);
  return (
    <div className="thread-frame">
      <div className="thread" ref={box} tabIndex={0} role="log" aria-live="off" aria-label={text.chat.log}>
        <div className="thread-content" ref={content}>
          {nothing && empty}
          {earlier > 0 && (
            <button type="button" className="button quiet earlier" onClick={showEarlier}>
              {text.chat.earlier(earlier)}
            </button>
          )}
          {partsOf(steps, first).map((part) => (
            <div className="thread-part" key={part[0]?.message.id}>
              {part.map(({ message, siblings }) => (
                <Guard key={message.id} of={message.status} fallback={<Unshown content={message.content} />}>
                  {message.role === "user" ? (
                    <UserMessage
                      message={message}
                      siblings={siblings}
                      editing={editing === message.id}
                      busy={busy}
                      actions={actions}
                    />
                  ) : (
                    <AssistantMessage
                      conversationId={conversationId ?? ""}
                      message={message}
                      siblings={siblings}
                      assistant={assistant}
                      busy={busy}
                      actions={actions}
                    />
                  )}
                </Guard>
              ))}
            </div>
          ))}
          {pending && <PendingAsk asking={asking} ask={pending} assistant={assistant} onToBox={onToBox} />}
          {foot}
        </div>
      </div>
      {away && <IconButton className="jump" icon="toEnd" label={text.chat.jump} onClick={toBottom} />}
    </div>
  );
}

/** What is left of a message that could not be drawn: its words. */
function Unshown({ content }: { content: unknown }) {
  return (
    <article className="message">
      <p className="note failed">{text.errors.message}</p>
      <p className="as-written">{String(content)}</p>
    </article>
  );
}
