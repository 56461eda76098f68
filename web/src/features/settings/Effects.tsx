import { Badge } from "../../shared/console/Badge";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";

type Effect = components["schemas"]["EffectValue"];

const TONES = { now: "good", release: "warn", next: "info", restart: "warn" } as const;

/** Which values change, and when each counts. */
export function Effects({ effects }: { effects: readonly Effect[] }) {
  const text = consoleText.settings;
  return (
    <ul className="list-plain stack">
      {effects.map(({ key, effect }) => (
        <li key={key} className="row">
          <span>{text.fields[key]?.[0] ?? <span className="code">{key}</span>}</span>
          <Badge tone={TONES[effect]}>{text.effects[effect]}</Badge>
        </li>
      ))}
    </ul>
  );
}
