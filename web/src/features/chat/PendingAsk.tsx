import { useSyncExternalStore } from "react";
import type { AttachedText } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { busyUntil } from "../../shared/told";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Icon } from "../../shared/ui/Icon";
import { Mark } from "../../shared/ui/Mark";
import { Thinking } from "./Thinking";
import { requestOf, type Ask, type Asking } from "./useAsk";

interface Props {
  asking: Asking;
  ask: Ask;
  assistant: string;
  onToBox: (content: string, texts: readonly AttachedText[]) => void;
}

/** A question on its way to the server, or one that did not get there. */
export function PendingAsk({ asking, ask, assistant, onToBox }: Props) {
  const { content, error, waiting } = ask;
  const notBefore = useSyncExternalStore(busyUntil.subscribe, busyUntil.get);

  function dismiss(): void {
    asking.dismiss();
    if (content !== null) onToBox(content, ask.attachments ?? []);
  }

  return (
    <>
      {content !== null && (
        <article className="message from-user" aria-label={text.chat.you}>
          <div className="bubble" dir="auto">
            {content}
          </div>
          {ask.attachments && ask.attachments.length > 0 && (
            <ul className="chips" aria-label={text.attachments.title}>
              {ask.attachments.map(({ name }, place) => (
                <li key={place} className="chip">
                  <Icon name="file" size={15} />
                  <bdi>{name}</bdi>
                </li>
              ))}
            </ul>
          )}
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
      ) : waiting ? (
        <div className="waiting" role="status">
          <Icon name="offline" />
          <p>{text.page.waiting}</p>
          <button type="button" className="button quiet" onClick={dismiss}>
            {text.page.dontSend}
          </button>
        </div>
      ) : (
        <ErrorPanel
          message={`${content === null ? text.chat.noRetry : text.chat.notSent} ${error}`}
          notBefore={notBefore}
          onRetry={() => asking.ask(requestOf(ask))}
          onDismiss={dismiss}
          dismissLabel={content === null ? text.errors.dismiss : text.chat.toBox}
        />
      )}
    </>
  );
}
