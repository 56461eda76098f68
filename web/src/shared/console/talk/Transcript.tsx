import { useState, type ReactNode } from "react";
import { consoleText } from "../../messages/console/text";
import { text } from "../../messages/text";
import { Markdown } from "../../ui/Markdown";
import { Badge } from "../Badge";
import { Switch } from "../Field";
import { dateTime, duration, percent } from "../format";
import { Link } from "../Link";
import { branch, hasVersions, type TeamMessage } from "./tree";
import { Why } from "./Why";
import "./transcript.css";

interface Props {
  tree: readonly TeamMessage[];
  /** What can be done with a message. */
  actions?: (message: TeamMessage) => ReactNode;
}

/** A conversation as the team reads it: who said what, and what the bot knew. */
export function Transcript({ tree, actions }: Props) {
  const [all, setAll] = useState(false);
  const shown = all ? tree : branch(tree);
  return (
    <>
      {hasVersions(tree) && <Switch label={consoleText.conversations.allVersions} checked={all} onChange={setAll} />}
      <ol className="transcript">
        {shown.map((message) => (
          <li key={message.id} className={`said by-${whoOf(message)}`}>
            <Head message={message} />
            <div className="prose">
              {message.role === "user" ? (
                <p className="plain">{message.content}</p>
              ) : (
                <Markdown>{message.content}</Markdown>
              )}
            </div>
            <Note message={message} />
            {whoOf(message) === "bot" && message.status !== "running" && <Known message={message} />}
            <Opinions message={message} />
            {actions?.(message)}
          </li>
        ))}
      </ol>
    </>
  );
}

const whoOf = (message: TeamMessage): "visitor" | "bot" | "person" =>
  message.role === "user" ? "visitor" : message.author === null ? "bot" : "person";

function Head({ message }: { message: TeamMessage }) {
  const words = consoleText.conversations;
  const names = { visitor: words.user, bot: words.bot, person: message.author || words.person_ };
  return (
    <div className="said-head">
      <strong>{names[whoOf(message)]}</strong>
      <time dateTime={message.created_at}>{dateTime(message.created_at)}</time>
      {message.route && (
        <Badge tone={message.route === "refused" ? "warn" : "plain"}>{text.routes[message.route].label}</Badge>
      )}
      {message.route && message.confidence !== null && (
        <span className="quiet">{words.confidence(percent(message.confidence))}</span>
      )}
    </div>
  );
}

function Note({ message }: { message: TeamMessage }) {
  const words = consoleText.conversations;
  if (message.status === "running") return <p className="quiet">{words.writing}</p>;
  if (message.status === "stopped" || message.status === "interrupted") return <p className="quiet">{words.stopped}</p>;
  if (message.status === "failed") return <p className="field-error">{message.error ?? words.failed}</p>;
  return null;
}

/** Sources, release, and why; folded, for most answers need no look at them. */
function Known({ message }: { message: TeamMessage }) {
  const words = consoleText.conversations;
  const about = [
    message.release && words.deployment(message.release.slice(0, 8), (message.deployment ?? "").slice(0, 8)),
    message.total_ms !== null && words.took(duration(message.total_ms / 1000)),
  ].filter(Boolean);
  return (
    <div className="known">
      {message.sources.length > 0 && (
        <details>
          <summary>{words.sources(message.sources.length)}</summary>
          <ol>
            {message.sources.map((source, place) => (
              <li key={place}>
                {source.title || source.uri}
                {source.quote && <blockquote>{source.quote}</blockquote>}
              </li>
            ))}
          </ol>
        </details>
      )}
      <Why id={message.id} />
      {about.length > 0 && <span className="quiet">{about.join(", ")}</span>}
    </div>
  );
}

function Opinions({ message }: { message: TeamMessage }) {
  const words = consoleText.conversations;
  if (message.said.length === 0 && message.review === null) return null;
  return (
    <div className="opinions">
      {message.said.map((said) => (
        <p key={said.rater}>
          {said.thumb && (
            <Badge tone={said.thumb === "up" ? "good" : "bad"}>{said.thumb === "up" ? words.up : words.down}</Badge>
          )}
          {said.score !== null && <Badge>{words.score(percent(said.score))}</Badge>}{" "}
          <span className="quiet">{said.rater}</span> {said.comment}
          {said.correction && (
            <span className="correction">
              {words.correction}: {said.correction}
            </span>
          )}
        </p>
      ))}
      {message.review && <Link to={`/console/reviews/${message.review}`}>{words.review}</Link>}
    </div>
  );
}
