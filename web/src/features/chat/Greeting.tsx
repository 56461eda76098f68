import type { Bot } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { Mark } from "../../shared/ui/Mark";

export function Greeting({ bot, onAsk }: { bot: Bot; onAsk: (question: string) => void }) {
  return (
    <section className="greeting">
      <Mark size={52} />
      <h2>{bot.greeting || bot.title}</h2>
      {bot.purpose && <p className="purpose">{bot.purpose}</p>}
      {bot.suggestions.length > 0 && (
        <ul aria-label={text.chat.suggestions}>
          {bot.suggestions.map((question) => (
            <li key={question}>
              <button type="button" className="suggestion" onClick={() => onAsk(question)}>
                {question}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
