import { useSyncExternalStore } from "react";
import { text } from "../../shared/messages/text";
import { busyUntil } from "../../shared/told";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Mark } from "../../shared/ui/Mark";
import { Thinking } from "./Thinking";
import type { Ask, Asking } from "./useAsk";

interface Props {
  asking: Asking;
  ask: Ask;
  assistant: string;
  onToBox: (content: string) => void;
}

/** A question on its way to the server, or one that did not get there. */
export function PendingAsk({ asking, ask, assistant, onToBox }: Props) {
  const { content, error } = ask;
  const notBefore = useSyncExternalStore(busyUntil.subscribe, busyUntil.get);

  function dismiss(): void {
    asking.dismiss();
    if (content !== null) onToBox(content);
  }

  return (
    <>
      {content !== null && (
        <article className="message from-user" aria-label={text.chat.you}>
          <div className="bubble">{content}</div>
          <div className="message-row" />
        </article>
      )}
      {error === null ? (
        <article className="message from-assistant" aria-label={text.chat.answerOf(assistant)} aria-busy="true">
          <span className="avatar">
            <Mark size={26} />
          </span>
          <div className="answer">
            <Thinking assistant={assistant} />
            <div className="message-row" />
          </div>
        </article>
      ) : (
        <ErrorPanel
          message={`${content === null ? text.chat.noRetry : text.chat.notSent} ${error}`}
          notBefore={notBefore}
          onRetry={() => asking.ask({ content, parent_id: ask.parent_id })}
          onDismiss={dismiss}
          dismissLabel={content === null ? text.errors.dismiss : text.chat.toBox}
        />
      )}
    </>
  );
}
