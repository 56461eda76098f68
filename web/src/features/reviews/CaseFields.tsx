import { Field, Switch } from "../../shared/console/Field";
import { consoleText } from "../../shared/messages/console/text";

export interface CaseWords {
  none: boolean;
  phrasings: string;
  must: string;
  mustNot: string;
}

export const NO_CASE: CaseWords = { none: false, phrasings: "", must: "", mustNot: "" };

interface Props {
  words: CaseWords;
  onChange: (words: CaseWords) => void;
  /** Whether there may be no case at all. */
  optional: boolean;
}

/** What the test cases ask for; folded away, as what is read from the answer does mostly. */
export function CaseFields({ words, onChange, optional }: Props) {
  const text = consoleText.reviews;
  const area = (name: "phrasings" | "must" | "mustNot", label: string, hint?: string) => (
    <Field label={label} hint={hint}>
      {(ids) => (
        <textarea
          {...ids}
          className="input short"
          dir="auto"
          rows={2}
          value={words[name]}
          onChange={(event) => onChange({ ...words, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <details className="review-change" open={!optional}>
      <summary>{text.caseDetails}</summary>
      <div className="stack">
        {optional && (
          <Switch label={text.noCase} checked={words.none} onChange={(none) => onChange({ ...words, none })} />
        )}
        {area("phrasings", text.phrasings, text.phrasingsHint)}
        {area("must", text.must, text.mustHint)}
        {area("mustNot", text.mustNot)}
      </div>
    </details>
  );
}
