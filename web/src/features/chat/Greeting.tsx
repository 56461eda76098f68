import type { Bot } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { Icon } from "../../shared/ui/Icon";
import { Mark } from "../../shared/ui/Mark";

interface Props {
  bot: Bot;
  temporary: boolean;
  onAsk: (question: string) => void;
}

export function Greeting({ bot, temporary, onAsk }: Props) {
  return (
    <section className="greeting">
      <Mark size={52} />
      <h2>{bot.greeting || bot.title}</h2>
      {bot.purpose && <p className="purpose">{bot.purpose}</p>}
      {temporary && (
        <p className="temporary-note">
          <Icon name="temporary" />
          {text.temporary.note}
        </p>
      )}
      {bot.suggestions.length > 0 && (
        <ul aria-label={text.chat.suggestions}>
          {bot.suggestions.map((question) => (
            <li key={question}>
              <button type="button" className="suggestion" dir="auto" onClick={() => onAsk(question)}>
                {question}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
