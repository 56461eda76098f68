import { useRef } from "react";
import type { Message, Thumb } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { CopyButton } from "../../shared/ui/CopyButton";
import { IconButton } from "../../shared/ui/IconButton";
import type { MessageActions } from "./actions";
import { RouteTag } from "./Evidence";
import { FeedbackForm } from "./FeedbackForm";
import { useFeedback } from "./useFeedback";
import { Versions } from "./Versions";

interface Props {
  conversationId: string;
  message: Message;
  siblings: readonly Message[];
  busy: boolean;
  actions: MessageActions;
}

export function AnswerFooter({ conversationId, message, siblings, busy, actions }: Props) {
  const feedback = useFeedback(conversationId, message);
  const row = useRef<HTMLDivElement>(null);
  if ((message.author ?? null) !== null) {
    return <div className="message-row">{message.content && <CopyButton value={message.content} />}</div>;
  }
  const thumb = (which: Thumb) => (
    <IconButton
      icon={which}
      className={`thumb thumb-${which}`}
      label={which === "up" ? text.actions.good : text.actions.bad}
      aria-pressed={feedback.thumb === which}
      aria-expanded={feedback.shown === which}
      onClick={() => feedback.rate(which)}
    />
  );
  return (
    <>
      <div className="message-row" ref={row}>
        <Versions message={message} siblings={siblings} onChoose={actions.choose} />
        {message.content && <CopyButton value={message.content} />}
        <IconButton icon="retry" label={text.actions.retry} disabled={busy} onClick={() => actions.retry(message)} />
        {thumb("up")}
        {thumb("down")}
        {message.route && <RouteTag route={message.route} sourced={message.sources.length > 0} />}
      </div>
      {feedback.shown && (
        <FeedbackForm
          thumb={feedback.shown}
          state={feedback}
          answer={message.content}
          onLeave={() => row.current?.querySelector<HTMLElement>(`.thumb-${feedback.shown}`)?.focus()}
        />
      )}
    </>
  );
}
