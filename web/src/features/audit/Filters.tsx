import { useState } from "react";
import { Choice, Field } from "../../shared/console/Field";
import { setSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";

interface Props {
  filters: { action: string; person: string; since: string; until: string };
  /** All kinds of events that stand in the log. */
  actions: readonly string[];
}

/** Kept in the address, so that what is looked at can be linked. */
export function Filters({ filters, actions }: Props) {
  const text = consoleText.audit;
  const [person, setPerson] = useState(filters.person);
  const subjects = [...new Set(actions.map((action) => `${action.split(".")[0] ?? ""}.`))];
  const options = [...new Set(["", filters.action, ...subjects, ...actions])].sort();
  return (
    <form
      className="filters"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        setSearch({ person: person.trim() });
      }}
    >
      <Field label={text.action}>
        {(ids) => (
          <Choice
            ids={ids}
            value={filters.action}
            options={options.map((each) => [each, each ? each.replace(/\.$/, ".…") : text.anything])}
            onChange={(action) => setSearch({ action })}
          />
        )}
      </Field>
      <Field label={text.person} hint={text.personHint}>
        {(ids) => (
          <input
            className="input"
            type="search"
            maxLength={200}
            value={person}
            onChange={(event) => setPerson(event.target.value)}
            onBlur={() => setSearch({ person: person.trim() })}
            {...ids}
          />
        )}
      </Field>
      {(["since", "until"] as const).map((each) => (
        <Field key={each} label={text[each]}>
          {(ids) => (
            <input
              className="input"
              type="date"
              value={filters[each]}
              onChange={(event) => setSearch({ [each]: event.target.value })}
              {...ids}
            />
          )}
        </Field>
      ))}
    </form>
  );
}
