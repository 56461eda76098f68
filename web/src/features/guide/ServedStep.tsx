import { Link } from "../../shared/console/Link";
import { consoleText } from "../../shared/messages/console/text";
import type { Guide } from "./api";
import { Result } from "./Result";

/** It answers: where to go from here. */
export function ServedStep({ guide }: { guide: Guide }) {
  const words = consoleText.guide;
  if (!guide.served)
    return (
      <p role="status" className="quiet-text">
        {words.starting}
      </p>
    );
  return (
    <div className="stack">
      <p>
        <strong>{words.servedTitle}</strong> {words.servedText}
      </p>
      {guide.build?.state === "done" && <Result work={guide.build} />}
      <div className="row">
        {/* A plain link: the chat begins anew, with the new bot's name and greeting. */}
        <a className="button primary" href="/">
          {words.toChat}
        </a>
        {guide.promoted && (
          <Link className="button" to={`/console/releases/${guide.promoted}`}>
            {words.toReleases}
          </Link>
        )}
        <Link className="button" to="/console/knowledge">
          {words.toKnowledge}
        </Link>
        <Link className="button" to="/console/training">
          {words.toTraining}
        </Link>
      </div>
    </div>
  );
}
