import { memo, useDeferredValue } from "react";
import type { Message } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { Icon } from "../../shared/ui/Icon";
import { LaterMarkdown } from "../../shared/ui/LaterMarkdown";
import { Mark } from "../../shared/ui/Mark";
import type { MessageActions } from "./actions";
import { AnswerFooter } from "./AnswerFooter";
import { Evidence } from "./Evidence";
import { Thinking } from "./Thinking";
import { elementOf } from "./useFound";
import { noteOf, useTurnView } from "./useRunningTurns";

interface Props {
  conversationId: string;
  message: Message;
  siblings: readonly Message[];
  assistant: string;
  busy: boolean;
  actions: MessageActions;
}

export const AssistantMessage = memo(function AssistantMessage(props: Props) {
  const { message, assistant } = props;
  const running = message.status === "running";
  const turn = useTurnView((running && message.turn_id) || "");
  const content = running ? turn.text : message.content;
  // Drawing a long answer may lag a little behind its arrival, so that typing never does.
  const shown = useDeferredValue(content);
  const note = noteOf(message);
  const person = message.author ?? null; // of the team, who wrote it; null: the bot did
  return (
    <article
      id={elementOf(message.id)}
      tabIndex={-1}
      className={person === null ? "message from-assistant" : "message from-assistant from-person"}
      aria-label={person === null ? text.chat.answerOf(assistant) : text.person.answerOf(person)}
      aria-busy={running}
    >
      <span className="avatar">{person === null ? <Mark size={26} /> : <Icon name="person" size={22} />}</span>
      <div className="answer">
        {person !== null && <p className="who">{text.person.tag(person)}</p>}
        {shown ? (
          <div className={running ? "prose arriving" : "prose"} dir="auto">
            <LaterMarkdown arriving={running}>{shown}</LaterMarkdown>
          </div>
        ) : (
          running && <Thinking assistant={assistant} />
        )}
        {running && !turn.connected && <p className="note">{text.chat.retrying}</p>}
        {note && <p className={`note ${message.status}`}>{note}</p>}
        <Evidence
          sources={running ? turn.sources : message.sources}
          leftOut={running ? turn.leftOut : message.left_out}
        />
        {running ? <div className="message-row" /> : <AnswerFooter {...props} />}
      </div>
    </article>
  );
});
