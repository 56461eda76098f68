import { Badge } from "../../shared/console/Badge";
import { percent } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import type { Found } from "./useKnowledge";

type Route = NonNullable<Found["route"]>;

const TONES = { curated: "good", retrieved: "good", generated: "info", refused: "warn" } as const;

/** What the bot would say now, by which way, and why not by another. */
export function RouteTold({ route }: { route: Route }) {
  const texts = consoleText.knowledge.route;
  const kind = route.route in TONES ? (route.route as keyof typeof TONES) : null;
  const least = route.least ?? 0;
  return (
    <section className="card stack" aria-label={texts.title}>
      <h2 className="small-title">
        {texts.title} {kind && <Badge tone={TONES[kind]}>{texts.routes[kind]}</Badge>}
      </h2>
      <p className="passage" dir="auto">
        {route.text}
      </p>
      {route.candidates.length > 0 && (
        <details>
          <summary>{texts.why}</summary>
          <p className="quiet-text">{texts.needs(percent(least))}</p>
          <ul className="stack">
            {route.candidates.map((each, index) => (
              <li key={index}>
                <span className="row">
                  <Badge tone={each.confidence >= least ? "good" : "plain"}>{percent(each.confidence)}</Badge>
                  {texts.kinds[each.kind]}
                  {each.declines && <span className="quiet-text">{texts.declines}</span>}
                </span>
                <p className="quiet-text" dir="auto">
                  {each.text} {each.sources.length > 0 && `(${each.sources.join(", ")})`}
                </p>
              </li>
            ))}
          </ul>
          {route.ungrounded.length > 0 && (
            <p className="field-error">{texts.ungrounded(route.ungrounded.join(", "))}</p>
          )}
        </details>
      )}
    </section>
  );
}
