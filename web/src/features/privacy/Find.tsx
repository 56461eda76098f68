import { useState, type SyntheticEvent } from "react";
import { call, client, messageOf } from "../../shared/api";
import { DataTable } from "../../shared/console/DataTable";
import { Field } from "../../shared/console/Field";
import { ago, day, number } from "../../shared/console/format";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { EraseDialog } from "./EraseDialog";
import { download } from "./download";

type Found = components["schemas"]["Found"];
type Person = Found["people"][number];

export function Find({ onErase }: { onErase: (person: string) => Promise<void> }) {
  const text = consoleText.privacy;
  const [words, setWords] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  const [erasing, setErasing] = useState<Person | null>(null);
  const [error, setError] = useState("");

  async function submit(event?: SyntheticEvent): Promise<void> {
    event?.preventDefault();
    setError("");
    try {
      setFound(await call(client.POST("/api/console/privacy/find", { body: { text: words } })));
    } catch (problem) {
      setFound(null);
      setError(messageOf(problem));
    }
  }

  async function copy(person: Person): Promise<void> {
    try {
      await download(person.id);
      toast(text.exported);
    } catch (problem) {
      toast(messageOf(problem), { bad: true });
    }
  }

  return (
    <div className="stack">
      <form className="stack form-narrow" role="search" onSubmit={(event) => void submit(event)}>
        <Field label={text.findLabel} hint={text.findHint}>
          {(ids) => (
            <input
              className="input"
              required
              maxLength={200}
              autoComplete="off"
              value={words}
              onChange={(event) => setWords(event.target.value)}
              {...ids}
            />
          )}
        </Field>
        <div className="form-actions">
          <button type="submit" className="button primary">
            {text.search}
          </button>
        </div>
      </form>
      {error && <ErrorPanel message={error} />}
      <p role="status" className="quiet-text">
        {found && summary(found)}
      </p>
      {found && found.people.length > 0 && (
        <DataTable
          caption={text.caption}
          rows={found.people}
          rowKey={(person) => person.id}
          columns={[
            {
              key: "person",
              header: text.person,
              wide: true,
              cell: (person) => <span className="code">{person.name || person.id}</span>,
            },
            { key: "n", header: text.conversations, numeric: true, cell: (person) => number(person.conversations) },
            { key: "first", header: text.first, cell: (person) => (person.first ? day(person.first) : "") },
            { key: "last", header: text.last, cell: (person) => (person.last ? ago(person.last) : "") },
            {
              key: "act",
              header: <span className="visually-hidden">{text.erase}</span>,
              cell: (person) => (
                <span className="row">
                  <button type="button" className="button quiet" onClick={() => void copy(person)}>
                    {text.export}
                  </button>
                  <button type="button" className="button quiet" onClick={() => setErasing(person)}>
                    {text.erase}
                  </button>
                </span>
              ),
            },
          ]}
        />
      )}
      <EraseDialog
        who={erasing ? [erasing.id] : null}
        onClose={() => setErasing(null)}
        onBegun={async () => {
          if (erasing) await onErase(erasing.id);
          setFound(null);
        }}
      />
    </div>
  );
}

function summary({ people, total }: Found): string {
  const text = consoleText.privacy;
  if (total === 0) return text.nobody;
  return total > people.length ? text.foundFirst(people.length, total) : text.found(total);
}
