import { Badge } from "../../shared/console/Badge";
import { Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import type { Settings } from "./draft";

/** Whether the environment has what bot.toml names; never what it is. */
export function Secrets({ secrets }: { secrets: Settings["secrets"] }) {
  const text = consoleText.settings;
  if (secrets.length === 0) return null;
  return (
    <Section title={text.secrets}>
      <p className="quiet-text">{text.secretsAbout}</p>
      <ul className="list-plain stack">
        {secrets.map((secret) => (
          <li key={secret.name} className="row">
            <span className="code">{secret.name}</span>
            <Badge tone={secret.set ? "good" : "plain"}>{secret.set ? text.isSet : text.isMissing}</Badge>
          </li>
        ))}
      </ul>
    </Section>
  );
}
