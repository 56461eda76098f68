import { Field } from "../../shared/console/Field";
import { consoleText } from "../../shared/messages/console/text";
import { isDay, type Draft } from "./draft";

interface Props {
  draft: Draft;
  onChange: (draft: Draft) => void;
  disabled: boolean;
}

export function Fields({ draft, onChange, disabled }: Props) {
  const text = consoleText.curated;
  const set = (name: keyof Draft) => (event: { target: { value: string } }) =>
    onChange({ ...draft, [name]: event.target.value });
  return (
    <>
      <Field label={text.questions} hint={text.questionsHint}>
        {(ids) => (
          <textarea
            {...ids}
            className="input"
            dir="auto"
            rows={3}
            readOnly={disabled}
            value={draft.questions}
            onChange={set("questions")}
          />
        )}
      </Field>
      <Field label={text.text} hint={text.textHint}>
        {(ids) => (
          <textarea
            {...ids}
            className="input"
            dir="auto"
            rows={7}
            maxLength={20_000}
            readOnly={disabled}
            value={draft.text}
            onChange={set("text")}
          />
        )}
      </Field>
      <div className="curated-days">
        {(["starts", "expires"] as const).map((name) => (
          <Field
            key={name}
            label={text[name]}
            hint={isDay(draft[name]) ? (name === "expires" ? text.days : undefined) : text.moment(draft[name])}
          >
            {(ids) => (
              <input
                {...ids}
                type={isDay(draft[name]) ? "date" : "text"}
                className="input"
                readOnly={disabled}
                value={draft[name]}
                onChange={set(name)}
              />
            )}
          </Field>
        ))}
      </div>
      <Field label={text.links} hint={text.linksHint}>
        {(ids) => (
          <textarea
            {...ids}
            className="input curated-short"
            rows={2}
            readOnly={disabled}
            value={draft.links}
            onChange={set("links")}
          />
        )}
      </Field>
      <Field label={text.note} hint={text.noteHint}>
        {(ids) => (
          <textarea
            {...ids}
            className="input curated-short"
            dir="auto"
            rows={2}
            maxLength={2000}
            readOnly={disabled}
            value={draft.note}
            onChange={set("note")}
          />
        )}
      </Field>
    </>
  );
}
