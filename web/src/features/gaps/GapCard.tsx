import { Badge } from "../../shared/console/Badge";
import { Link } from "../../shared/console/Link";
import { ago, percent } from "../../shared/console/format";
import { useMay } from "../../shared/console/useMay";
import { useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";

type Gap = components["schemas"]["GapValue"];

/** Questions that mean about the same, what is near, and the next step with one click. */
export function GapCard({ gap }: { gap: Gap }) {
  const text = consoleText.gaps;
  const bot = useSearch().get("bot");
  const mayCurate = useMay("curate");
  const [question = "", ...others] = gap.examples;
  const to = (page: string, words: Record<string, string>): string =>
    `/console/${page}?${new URLSearchParams({ ...words, ...(bot ? { bot } : {}) }).toString()}`;
  return (
    <article className="card gap" aria-label={question}>
      <header>
        <h2 dir="auto">{question}</h2>
        <p className="row">
          <Badge tone="info">{text.asked(gap.count)}</Badge>
          {gap.refused > 0 && <Badge>{text.refused(gap.refused)}</Badge>}
          {gap.disliked > 0 && <Badge tone="warn">{text.disliked(gap.disliked)}</Badge>}
          {gap.unsure > 0 && <Badge>{text.unsure(gap.unsure)}</Badge>}
          <span className="quiet-text">{text.last(ago(gap.last_at))}</span>
        </p>
      </header>
      {others.length > 0 && (
        <div>
          <h3>{text.alsoAsked}</h3>
          <ul>
            {others.map((each) => (
              <li key={each} dir="auto">
                {each}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <h3>{text.documents}</h3>
        {gap.documents.length === 0 ? (
          <p className="quiet-text">{text.noDocuments}</p>
        ) : (
          <ul>
            {gap.documents.map((each) => (
              <li key={each.name}>
                <Link to={to("knowledge", { document: each.name })} dir="auto">
                  {each.title || each.name}
                </Link>{" "}
                <span className="quiet-text">{text.covers(percent(each.coverage))}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <p>{text.todo[gap.todo]}</p>
      <div className="form-actions">
        {mayCurate && (
          <Link className="button primary" to={to("curated/new", { question })}>
            {text.curate}
          </Link>
        )}
        <Link className="button" to={to("knowledge/search", { q: question })}>
          {text.knowledge}
        </Link>
        {gap.todo === "scope" && (
          <Link className="button quiet" to={to("settings", {})}>
            {text.settings}
          </Link>
        )}
      </div>
    </article>
  );
}
