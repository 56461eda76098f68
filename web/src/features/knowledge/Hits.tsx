import { number, percent } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import type { Found, Hit } from "./useKnowledge";

/** The passages for a question, the best first, with what they were found by. */
export function Hits({ found }: { found: Found }) {
  const texts = consoleText.knowledge.search;
  if (found.hits.length === 0) return <p className="quiet-text">{texts.nothing(found.unknown, found.words)}</p>;
  return (
    <ol className="passages">
      {found.hits.map((hit) => (
        <li key={`${hit.names[0] ?? ""} ${hit.start}`} className="card">
          <strong dir="auto">{[...new Set([hit.title, ...hit.headings])].join(" › ")}</strong>
          <p className="quiet-text break" dir="auto">
            {hit.names.join(", ")} {hit.page > 0 && consoleText.knowledge.view.page(hit.page)}
          </p>
          <p className="passage" dir="auto">
            {hit.text}
          </p>
          <p className="quiet-text">{scores(hit)}</p>
        </li>
      ))}
    </ol>
  );
}

function scores(hit: Hit): string {
  const texts = consoleText.knowledge.search;
  return [
    texts.covers(percent(hit.coverage)),
    texts.bm25(number(hit.bm25, 2)),
    hit.cosine === null ? "" : texts.cosine(number(hit.cosine, 2)),
    consoleText.knowledge.view.place(hit.start, hit.end),
  ]
    .filter(Boolean)
    .join(" · ");
}
