import { Section } from "../../shared/console/Page";
import { number, percent } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import { Interval } from "./Interval";
import type { Results } from "./types";

/** How often the first of two is preferred, with what that leaves open. */
export function Wins({ found }: { found: Results }) {
  const text = consoleText.panels;
  if (found.wins.length === 0) return null;
  return (
    <Section title={text.winTitle}>
      <div className="stack">
        {found.wins.map((win) => {
          const { value, low, high } = win.rate;
          const sure = low > 0.5 || high < 0.5;
          const [first, second] = value >= 0.5 ? [win.first, win.second] : [win.second, win.first];
          const share = value >= 0.5 ? value : 1 - value;
          const [from, to] = value >= 0.5 ? [low, high] : [1 - high, 1 - low];
          const [wins, losses] = value >= 0.5 ? [win.wins, win.losses] : [win.losses, win.wins];
          return (
            <article
              key={`${win.first} ${win.second}`}
              className="card panel-win"
              aria-label={text.against(first, second)}
            >
              <p className="panel-headline">{text.win(first, percent(share, 1))}</p>
              <p className="quiet-text">{text.against(first, second)}</p>
              <Interval value={share} low={from} high={to} least={0} most={1} middle={0.5} />
              <p>
                {text.interval(percent(from, 1), percent(to, 1))}. <b>{sure ? text.sure : text.notSure}</b>
              </p>
              <p className="quiet-text">
                {text.counts(number(wins), number(win.ties), number(win.both_bad), number(losses))}
              </p>
              {found.needed && !found.needed.decided && (
                <p className="quiet-text">
                  {found.needed.for_this !== null && text.neededThis(number(found.needed.for_this))}{" "}
                  {found.needed.for_five_points !== null && text.neededFive(number(found.needed.for_five_points))}
                </p>
              )}
            </article>
          );
        })}
      </div>
    </Section>
  );
}

export function Means({ found }: { found: Results }) {
  const text = consoleText.panels;
  if (found.means.length === 0) return null;
  return (
    <Section title={text.meanTitle}>
      <div className="stack">
        {found.means.map((mean) => (
          <article key={mean.name} className="card panel-win" aria-label={mean.name}>
            <p className="panel-headline">
              {mean.name}: {number(mean.score.value, 2)}
            </p>
            <Interval {...mean.score} least={1} most={5} middle={3} />
            <p>{text.interval(number(mean.score.low, 2), number(mean.score.high, 2))}</p>
          </article>
        ))}
      </div>
    </Section>
  );
}
