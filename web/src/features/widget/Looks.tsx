import { Choice, Field, Switch } from "../../shared/console/Field";
import { Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import type { Setup } from "./tag";

interface Props {
  value: Setup;
  onChange: (part: Partial<Setup>) => void;
  onSave: (() => void) | null;
}

const entries = <Key extends string>(names: Record<Key, string>): (readonly [Key, string])[] =>
  Object.entries(names) as [Key, string][];

/** What the button and the chat look like; in force once it is saved. */
export function Looks({ value, onChange, onSave }: Props) {
  const text = consoleText.widget;
  const line = (name: "label" | "greeting" | "invitation", label: string, hint: string, length: number) => (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          className="input"
          value={value[name]}
          maxLength={length}
          onChange={(event) => onChange({ [name]: event.target.value })}
          {...ids}
        />
      )}
    </Field>
  );
  return (
    <Section
      title={text.looks}
      actions={
        <button type="button" className="button primary" disabled={onSave === null} onClick={onSave ?? undefined}>
          {text.save}
        </button>
      }
    >
      <p className="quiet-text">{text.looksNote}</p>
      <div className="look-fields">
        <Field label={text.accent}>
          {(ids) => (
            <input
              className="input"
              type="color"
              value={value.accent}
              onChange={(event) => onChange({ accent: event.target.value })}
              {...ids}
            />
          )}
        </Field>
        <Field label={text.theme}>
          {(ids) => (
            <Choice
              value={value.theme}
              options={entries(text.themes)}
              onChange={(theme) => onChange({ theme })}
              ids={ids}
            />
          )}
        </Field>
        <Field label={text.position}>
          {(ids) => (
            <Choice
              value={value.position}
              options={entries(text.positions)}
              onChange={(position) => onChange({ position })}
              ids={ids}
            />
          )}
        </Field>
        {line("label", text.label, text.labelHint, 40)}
        {line("greeting", text.greeting, text.greetingHint, 500)}
        {line("invitation", text.invitation, text.invitationHint, 200)}
        <Field label={text.seconds}>
          {(ids) => (
            <input
              className="input"
              type="number"
              min={0}
              value={value.invitation_seconds}
              onChange={(event) => onChange({ invitation_seconds: Math.max(0, event.target.valueAsNumber || 0) })}
              {...ids}
            />
          )}
        </Field>
        <Field label={text.paths} hint={text.pathsHint}>
          {(ids) => (
            <textarea
              className="input"
              rows={2}
              value={value.invitation_paths.join("\n")}
              onChange={(event) => onChange({ invitation_paths: event.target.value.split("\n") })}
              {...ids}
            />
          )}
        </Field>
      </div>
      <Switch
        label={text.consent}
        hint={text.consentHint}
        checked={value.ask_consent}
        onChange={(ask_consent) => onChange({ ask_consent })}
      />
      <Switch
        label={text.share}
        hint={text.shareHint}
        checked={value.share_messages}
        onChange={(share_messages) => onChange({ share_messages })}
      />
    </Section>
  );
}
