import { Badge } from "../../shared/console/Badge";
import { percent } from "../../shared/console/format";
import { WordDiff } from "../../shared/console/WordDiff";
import { consoleText } from "../../shared/messages/console/text";
import type { Names } from "./names";
import { Raters } from "./Raters";
import type { Item } from "./types";
import { useTalk } from "./useQueue";

interface Props {
  bot: string;
  item: Item;
  names: Names;
}

/** What was asked, what the bot said and why, what would be right, and who said what about it. */
export function ItemView({ bot, item, names }: Props) {
  const text = consoleText.reviews;
  return (
    <>
      <p className="row review-why">
        <Badge tone={item.state === "quarantined" ? "warn" : "plain"}>{text.states[item.state]}</Badge>
        <span className="quiet-text">{item.why}</span>
        {item.asked > 1 && <span className="quiet-text">{text.askedAlike(item.asked)}</span>}
      </p>
      <Before bot={bot} item={item} />
      <section aria-label={text.asked}>
        <h2>{text.asked}</h2>
        <p className="review-text question" dir="auto">
          {item.question}
        </p>
      </section>
      <div className="review-sides">
        <section aria-label={text.said} className="card">
          <h2>{text.said}</h2>
          <p className="review-text" dir="auto">
            {item.answer || "–"}
          </p>
          <Grounds bot={bot} item={item} />
        </section>
        <section aria-label={text.better} className="card">
          <h2>{text.better}</h2>
          {item.correction ? (
            <>
              <p className="review-text" dir="auto">
                {item.correction}
              </p>
              <p className="quiet-text">{text.agreeing(item.agreeing.length)}</p>
            </>
          ) : (
            <p className="quiet-text">
              {item.feedback.some((each) => each.thumb === "up") ? text.likedText : text.nobodyCorrected}
            </p>
          )}
        </section>
      </div>
      {item.correction && (
        <details className="review-change" open>
          <summary>{text.changes}</summary>
          <WordDiff before={item.answer} after={item.correction} />
        </details>
      )}
      <Warnings title={text.problems} words={item.problems} />
      <Raters item={item} names={names} />
    </>
  );
}

/** What was said before the question, folded away. */
function Before({ bot, item }: { bot: string; item: Item }) {
  const text = consoleText.reviews;
  const talk = useTalk(bot, item);
  const before = talk.data?.messages.slice(0, -2) ?? [];
  if (talk.isError) return <p className="quiet-text">{text.gone}</p>;
  if (before.length === 0) return null;
  return (
    <details className="review-change">
      <summary>{text.saidBefore(before.length)}</summary>
      <ol className="review-before">
        {before.map((each, index) => (
          <li key={index} className={each.role} dir="auto">
            {each.content}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** How the reply came to be: its route, how sure the bot was, and the sources. */
function Grounds({ bot, item }: { bot: string; item: Item }) {
  const text = consoleText.reviews;
  const talk = useTalk(bot, item);
  const reply = talk.data?.messages[talk.data.messages.length - 1];
  const sources = reply?.sources ?? [];
  return (
    <>
      <p className="row">
        {item.route && <Badge>{text.route[item.route] ?? item.route}</Badge>}
        {item.confidence !== null && <span className="quiet-text">{text.sure(percent(item.confidence))}</span>}
        {reply?.release && <span className="quiet-text">{text.released(reply.release.slice(0, 6))}</span>}
      </p>
      {sources.length > 0 && (
        <details>
          <summary>
            {text.sources} ({sources.length})
          </summary>
          <ul className="review-sources">
            {sources.map((each, index) => (
              <li key={index}>
                <b>{each.title || each.uri}</b>
                {each.quote && <blockquote dir="auto">{each.quote}</blockquote>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Problems and flags in whole sentences. */
export function Warnings({ title, words }: { title: string; words: readonly string[] }) {
  const text = consoleText.reviews;
  if (words.length === 0) return null;
  return (
    <section className="review-warnings" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {words.map((word) => (
          <li key={word}>{text.flags[word] ?? word}</li>
        ))}
      </ul>
    </section>
  );
}
