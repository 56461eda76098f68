import { Choice, Field, Switch } from "../../shared/console/Field";
import { consoleText } from "../../shared/messages/console/text";
import type { Preview, Reading } from "./useData";

interface Props {
  reading: Reading;
  preview: Preview;
  formats: readonly string[];
  onChange: (reading: Reading) => void;
}

/** How the file is read: what was detected, and what somebody knows better. */
export function ReadingForm({ reading, preview, formats, onChange }: Props) {
  const texts = consoleText.data.add;
  const me = reading.me ?? [];
  const names = preview.speakers.map((each) => each.name);
  const chosen = me.filter((each) => !names.includes(each));
  const detected = preview.format && !reading.format ? texts.detected(preview.format) : texts.detect;
  return (
    <div className="stack">
      <Field label={texts.format} hint={texts.formatHint}>
        {(ids) => (
          <Choice
            ids={ids}
            value={reading.format ?? ""}
            options={[["", detected], ...formats.map((each) => [each, each] as const)]}
            onChange={(format) => onChange({ ...reading, format })}
          />
        )}
      </Field>
      {(preview.speakers.length > 0 || me.length > 0) && (
        <fieldset className="card">
          <legend>{texts.who}</legend>
          {[...preview.speakers, ...chosen.map((name) => ({ name, messages: 0 }))].map((each) => (
            <Switch
              key={each.name}
              label={each.messages ? texts.speaker(each.name, each.messages) : each.name}
              checked={me.includes(each.name)}
              onChange={(checked) =>
                onChange({ ...reading, me: checked ? [...me, each.name] : me.filter((name) => name !== each.name) })
              }
            />
          ))}
        </fieldset>
      )}
      {(preview.format === "whatsapp" || reading.date_order) && (
        <Field label={texts.dates}>
          {(ids) => (
            <Choice
              ids={ids}
              value={reading.date_order ?? ""}
              options={[
                ["", texts.datesFound],
                ["dmy", texts.dmy],
                ["mdy", texts.mdy],
                ["ymd", texts.ymd],
              ]}
              onChange={(date_order) => onChange({ ...reading, date_order })}
            />
          )}
        </Field>
      )}
      <Switch
        label={texts.evaluation}
        hint={texts.evaluationHint}
        checked={reading.evaluation ?? false}
        onChange={(evaluation) => onChange({ ...reading, evaluation })}
      />
    </div>
  );
}
