import { Badge } from "../../shared/console/Badge";
import { ago, percent } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import { Icon } from "../../shared/ui/Icon";
import { Warnings } from "./ItemView";
import { nameOf, type Names } from "./names";
import type { Item, Said } from "./types";

/** Everybody's word on one reply, with what speaks against it in words; and what people did without saying it. */
export function Raters({ item, names }: { item: Item; names: Names }) {
  const text = consoleText.reviews;
  const flags = item.flags.filter((flag) => !item.problems.includes(flag));
  return (
    <>
      <Warnings title={text.flagsTitle} words={flags} />
      <section aria-label={text.people} className="review-people">
        <h2>{text.people}</h2>
        <ul>
          {item.feedback.map((said) => (
            <li key={`${said.rater} ${said.at}`}>
              <Word said={said} names={names} shownAbove={item.correction} />
            </li>
          ))}
          {[...new Set(item.signals)].map((signal) => (
            <li key={signal} className="quiet-text">
              {text.signals[signal] ?? signal}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Word({ said, names, shownAbove }: { said: Said; names: Names; shownAbove: string }) {
  const text = consoleText.reviews;
  return (
    <>
      <p className="row">
        {said.thumb && <Icon name={said.thumb} size={16} />}
        <span>
          <b>{nameOf(said.rater, names)}</b> {said.thumb === "up" ? text.up : said.thumb === "down" ? text.down : ""}
          {said.score !== null && ` ${text.score(percent(said.score))}`}
        </span>
        <span className="quiet-text">{ago(said.at)}</span>
        {said.flags.map((flag) => (
          <Badge key={flag} tone="warn">
            {text.flagNames[flag] ?? flag}
          </Badge>
        ))}
      </p>
      {said.comment && <blockquote dir="auto">{said.comment}</blockquote>}
      {said.correction && said.correction.trim() !== shownAbove.trim() && (
        <blockquote dir="auto">
          <span className="quiet-text">{text.correction}: </span>
          {said.correction}
        </blockquote>
      )}
    </>
  );
}
