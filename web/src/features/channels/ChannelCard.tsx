import { Badge } from "../../shared/console/Badge";
import { ago, number } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";
import { TestMessage } from "./TestMessage";

type Channel = components["schemas"]["ChannelValue"];

const TONES = { ready: "good", off: "plain", failed: "bad" } as const;

export function ChannelCard({ bot, channel }: { bot: string; channel: Channel }) {
  const text = consoleText.channels;
  const name = wordOf(text.names, channel.kind);
  const about = wordOf(text.abouts, channel.kind, "");
  return (
    <section className="card stack" aria-label={name}>
      <header className="row">
        <h2>{name}</h2>
        <Badge tone={TONES[channel.state]}>{text.states[channel.state]}</Badge>
        <span className="quiet-text">
          {text.replies(channel.replies)}
          {channel.failed > 0 && `, ${text.failedReplies(channel.failed)}`}
        </span>
      </header>
      {about && <p>{about}</p>}
      <dl className="facts">
        {channel.facts.map((fact) => (
          <Fact key={fact.name} {...fact} />
        ))}
      </dl>
      {channel.state !== "off" && <TestMessage bot={bot} kind={channel.kind} name={name} />}
    </section>
  );
}

function Fact({ name, value }: Channel["facts"][number]) {
  const text = consoleText.channels;
  return (
    <>
      <dt>{wordOf(text.facts, name)}</dt>
      <dd>{shown(name, value)}</dd>
    </>
  );
}

function shown(name: string, value: Channel["facts"][number]["value"]): string {
  const text = consoleText.channels;
  if (value === null) return consoleText.shell.never;
  if (name.endsWith("_at")) return ago(String(value));
  if (name === "needed" && value === "auto") return text.autoNeeded;
  if (typeof value === "number" && (value > 0 || !name.endsWith("_minute"))) return number(value);
  return wordOf(text.values, String(value));
}

/** A word of the page's; what has none is shown as the server calls it. */
function wordOf(words: Readonly<Record<string, string>>, key: string, other = key): string {
  return words[key] ?? other;
}
