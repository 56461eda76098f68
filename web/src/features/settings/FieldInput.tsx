import { Choice, Field, Switch, type FieldIds } from "../../shared/console/Field";
import { consoleText } from "../../shared/messages/console/text";
import { keyOf, ofChoice, type SettingsField, type Value } from "./draft";

interface Props {
  field: SettingsField;
  value: Value;
  changed: boolean;
  onChange: (value: Value | null) => void;
}

export function FieldInput({ field, value, changed, onChange }: Props) {
  const text = consoleText.settings;
  const [label, about] = text.fields[keyOf(field)] ?? [keyOf(field), ""];
  const hint = (
    <>
      {about} {changed && <strong>{text.effects[field.effect]}.</strong>}{" "}
      {field.written && !field.required && (
        <button type="button" className="link-button" onClick={() => onChange(null)}>
          {text.back}
          <span className="visually-hidden"> {label}</span>
        </button>
      )}
    </>
  );
  if (field.kind === "switch") return <Switch label={label} hint={hint} checked={value === true} onChange={onChange} />;
  return (
    <Field label={label} hint={hint}>
      {(ids) => <Input field={field} value={value} ids={ids} onChange={onChange} />}
    </Field>
  );
}

function Input({ field, value, ids, onChange }: Omit<Props, "changed"> & { ids: FieldIds }) {
  const text = consoleText.settings;
  switch (field.kind) {
    case "choice":
      return (
        <Choice
          ids={ids}
          value={String(value)}
          options={field.choices.map((each) => [each, text.choices[each] ?? each])}
          onChange={(word) => onChange(ofChoice(word))}
        />
      );
    case "list":
      return <Lines value={Array.isArray(value) ? value : []} ids={ids} onChange={onChange} />;
    case "text":
      return (
        <textarea
          className="input"
          rows={2}
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
          {...ids}
        />
      );
    case "whole":
    case "number":
      return (
        <input
          className="input"
          type="number"
          step={field.kind === "whole" ? 1 : "any"}
          min={field.least ?? undefined}
          max={field.most ?? undefined}
          required
          value={Number.isNaN(value) ? "" : Number(value)}
          onChange={(event) => onChange(event.target.valueAsNumber)}
          {...ids}
        />
      );
    case "line":
    case "switch":
      return (
        <input
          className="input"
          required={field.required}
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
          {...ids}
        />
      );
  }
}

/** A list, an entry on each line. A line that is begun stays: only what is saved leaves blank ones out. */
function Lines({ value, ids, onChange }: { value: string[]; ids: FieldIds; onChange: (value: string[]) => void }) {
  return (
    <textarea
      className="input"
      rows={Math.min(8, Math.max(2, value.length + 1))}
      value={value.join("\n")}
      onChange={(event) => onChange(event.target.value === "" ? [] : event.target.value.split("\n"))}
      {...ids}
    />
  );
}
