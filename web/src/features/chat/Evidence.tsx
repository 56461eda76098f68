import type { Route, Source } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { Icon } from "../../shared/ui/Icon";
import { OutLink } from "../../shared/ui/OutLink";

export function RouteTag({ route, sourced }: { route: Route; sourced: boolean }) {
  const { label, hint } = route === "retrieved" && !sourced ? text.routes.known : text.routes[route];
  return (
    <span className={`route route-${route}`} title={hint}>
      <span>{label}</span>
      <span className="visually-hidden">. {hint}</span>
    </span>
  );
}

/** A link only where there is something to open: most sources are named by a file of the bot's own. */
function SourceName({ source }: { source: Source }) {
  const name = source.title || source.uri || text.sources.untitled;
  return /^https?:\/\//i.test(source.uri) ? <OutLink href={source.uri}>{name}</OutLink> : <span>{name}</span>;
}

/** Where an answer comes from and what it did not see; quiet until somebody wants to know. */
export function Evidence({ sources, leftOut }: { sources: readonly Source[]; leftOut: number }) {
  if (sources.length === 0 && leftOut === 0) return null;
  return (
    <div className="evidence">
      {sources.length > 0 && (
        <details className="sources">
          <summary>
            <Icon name="right" size={14} />
            {text.sources.title(sources.length)}
          </summary>
          <ol>
            {sources.map((source, place) => (
              <li key={place}>
                <SourceName source={source} />
                {source.quote && <blockquote>{source.quote}</blockquote>}
              </li>
            ))}
          </ol>
        </details>
      )}
      {leftOut > 0 && <p className="left-out">{text.chat.leftOut(leftOut)}</p>}
    </div>
  );
}
