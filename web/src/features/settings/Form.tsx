import { useEffect, useState } from "react";
import { Section } from "../../shared/console/Page";
import { useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { FieldInput } from "./FieldInput";
import { ReviewChanges } from "./ReviewChanges";
import { changesOf, put, valueOf, keyOf, type Draft, type Settings } from "./draft";

interface Props {
  bot: string;
  settings: Settings;
  onSaved: () => Promise<void>;
}

export function Form({ bot, settings, onSaved }: Props) {
  const text = consoleText.settings;
  const [draft, setDraft] = useState<Draft>({});
  const [looking, setLooking] = useState(false);
  const part = useSearch().get("part");
  useEffect(() => {
    if (part) document.getElementById(`part-${part}`)?.scrollIntoView();
  }, [part]);
  const count = Object.keys(draft).length;
  const tables = [...new Set(settings.fields.map((field) => field.table))];
  const groups: Record<string, string> = text.groups;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setLooking(true);
      }}
    >
      {tables.map((table) => (
        <div key={table} id={`part-${table}`}>
          <Section title={groups[table] ?? table}>
            <div className="stack form-narrow">
              {settings.fields
                .filter((field) => field.table === table)
                .map((field) => (
                  <FieldInput
                    key={keyOf(field)}
                    field={field}
                    value={valueOf(field, draft)}
                    changed={keyOf(field) in draft}
                    onChange={(value) => setDraft((known) => put(known, field, value))}
                  />
                ))}
            </div>
          </Section>
        </div>
      ))}
      {count > 0 && (
        <div className="save-bar">
          <span role="status">{text.changes(count)}</span>
          <button type="submit" className="button primary">
            {text.look}
          </button>
          <button type="button" className="button quiet" onClick={() => setDraft({})}>
            {text.discard}
          </button>
        </div>
      )}
      <ReviewChanges
        bot={bot}
        open={looking}
        onOpenChange={setLooking}
        body={{ revision: settings.revision, changes: changesOf(draft), text: null }}
        onSaved={async () => {
          setDraft({});
          await onSaved();
        }}
      />
    </form>
  );
}
