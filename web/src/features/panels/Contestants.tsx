import { useId, useState } from "react";
import { Field, Switch } from "../../shared/console/Field";
import { day, number } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import { readAnswers } from "./answers";
import type { Choices, GivenAnswers } from "./types";

interface Props {
  releases: Choices["releases"];
  chosen: readonly string[];
  onChosen: (chosen: readonly string[]) => void;
  given: readonly GivenAnswers[];
  onGiven: (given: readonly GivenAnswers[]) => void;
  /** What is still to be chosen; empty: enough is. */
  missing: string;
}

const SHOWN = 8;

/** Whose answers are judged: what is served, releases, files of answers. */
export function Contestants({ releases, chosen, onChosen, given, onGiven, missing }: Props) {
  const text = consoleText.panels;
  const id = useId();
  const [error, setError] = useState<string | null>(null);
  const toggle = (word: string) => (on: boolean) =>
    onChosen(on ? [...chosen, word] : chosen.filter((each) => each !== word));

  async function add(files: readonly File[]): Promise<void> {
    setError(null);
    for (const file of files) {
      const read = readAnswers(file.name, await file.text());
      if ("badName" in read) return setError(text.fileName);
      if ("badLine" in read) return setError(text.fileBad(number(read.badLine)));
      onGiven([...given.filter((each) => each.name !== read.answers.name), read.answers]);
    }
  }

  return (
    <fieldset className="panel-who" aria-describedby={missing ? `${id}-missing` : undefined}>
      <legend>{text.contestants}</legend>
      {releases.length > 0 && (
        <Switch
          label={text.current}
          hint={text.currentHint}
          checked={chosen.includes("current")}
          onChange={toggle("current")}
        />
      )}
      {releases.slice(0, SHOWN).map((release) => (
        <Switch
          key={release.id}
          label={text.release(release.id.slice(0, 6), day(release.created_at))}
          hint={text.releaseHint}
          checked={chosen.includes(release.id)}
          onChange={toggle(release.id)}
        />
      ))}
      {given.map((each) => (
        <Switch
          key={each.name}
          label={text.fileRead(each.name, each.rows.length)}
          checked
          onChange={() => onGiven(given.filter((other) => other.name !== each.name))}
        />
      ))}
      <Field label={text.file} hint={text.fileHint} error={error}>
        {(ids) => (
          <input
            {...ids}
            type="file"
            accept=".jsonl,.json"
            onChange={(event) => {
              void add([...(event.target.files ?? [])]);
              event.target.value = "";
            }}
          />
        )}
      </Field>
      {missing && (
        <p className="quiet-text" id={`${id}-missing`}>
          {missing}
        </p>
      )}
    </fieldset>
  );
}
