import "../../shared/styles/care.css";
import { useState, type SyntheticEvent } from "react";
import { call, client, messageOf } from "../../shared/api";
import { Choice, Field, Switch } from "../../shared/console/Field";
import { Sheet } from "../../shared/console/Sheet";
import { number } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { MadeKey } from "./MadeKey";

type Known = components["schemas"]["KeyList"];
type Scope = Known["scopes"][number];
type Limits = Known["limits"];

interface Props {
  bot: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  known: Known;
  onMade: () => Promise<void>;
}

const DAYS = ["", "7", "30", "90", "365"] as const;
const LIMITS = ["requests_per_minute", "tokens_per_minute", "tokens_per_day", "streams"] as const;

export function NewKey({ open, onOpenChange, ...rest }: Props) {
  const text = consoleText.keys;
  const [made, setMade] = useState<string | null>(null);
  const close = (next: boolean): void => {
    onOpenChange(next);
    if (!next) setMade(null);
  };
  return (
    <Sheet open={open} onOpenChange={close} title={made ? text.madeTitle : text.make}>
      {made ? <MadeKey text={made} bot={rest.bot} onDone={() => close(false)} /> : <Form {...rest} onText={setMade} />}
    </Sheet>
  );
}

function Form({
  bot,
  known,
  onMade,
  onText,
}: Omit<Props, "open" | "onOpenChange"> & { onText: (text: string) => void }) {
  const text = consoleText.keys;
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<ReadonlySet<Scope>>(new Set(known.everyday));
  const [days, setDays] = useState<(typeof DAYS)[number]>("90");
  const [limits, setLimits] = useState<Partial<Record<keyof Limits, string>>>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");

  async function submit(event: SyntheticEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError("");
    const own = Object.fromEntries(LIMITS.map((each) => [each, limits[each] ? Number(limits[each]) : null]));
    try {
      const made = await call(
        client.POST("/api/console/keys", {
          params: { query: { bot } },
          body: { name, scopes: [...scopes], days: days ? Number(days) : null, limits: own as Limits },
        }),
      );
      await onMade();
      onText(made.text);
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <Field label={text.name} hint={text.nameHint}>
        {(ids) => (
          <input
            className="input"
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
            {...ids}
          />
        )}
      </Field>
      <fieldset className="plain-set">
        <legend>{text.scopesLabel}</legend>
        {known.scopes.map((scope) => (
          <Switch
            key={scope}
            label={text.scopeNames[scope]}
            checked={scopes.has(scope)}
            onChange={(on) => setScopes(new Set(known.scopes.filter((s) => (s === scope ? on : scopes.has(s)))))}
          />
        ))}
      </fieldset>
      <Field label={text.days}>
        {(ids) => (
          <Choice
            ids={ids}
            value={days}
            onChange={setDays}
            options={DAYS.map((each) => [each, each ? text.daysMany(Number(each)) : text.daysNever])}
          />
        )}
      </Field>
      <details>
        <summary>{text.limits}</summary>
        <div className="stack">
          <p className="field-hint">{text.limitsHint}</p>
          {LIMITS.map((each) => (
            <Field key={each} label={text.limitNames[each]} hint={text.usual(usual(known.limits[each] ?? null))}>
              {(ids) => (
                <input
                  className="input"
                  type="number"
                  min={0}
                  value={limits[each] ?? ""}
                  onChange={(event) => setLimits({ ...limits, [each]: event.target.value })}
                  {...ids}
                />
              )}
            </Field>
          ))}
        </div>
      </details>
      {error && <ErrorPanel message={error} />}
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={busy || scopes.size === 0}>
          {text.create}
        </button>
      </div>
    </form>
  );
}

const usual = (value: number | null | undefined): string => (value ? number(value) : consoleText.keys.unlimited);
