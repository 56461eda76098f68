import { useState } from "react";
import { Choice, Field } from "../../shared/console/Field";
import { setSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { text } from "../../shared/messages/text";
import { FILTERS, useChoices, type Filter, type Filters } from "./useTalks";

type Options = readonly (readonly [string, string])[];

/** Which conversations are listed. Each choice counts at once; words do when Enter is pressed. */
export function TalkFilters({ bot, filters }: { bot: string; filters: Filters }) {
  const { data } = useChoices(bot);
  const words = consoleText.conversations;
  const routes = (["curated", "retrieved", "generated", "refused"] as const).map(
    (route) => [route, text.routes[route].label] as const,
  );
  const named = (values: readonly string[] | undefined): Options => (values ?? []).map((each) => [each, each] as const);
  const lists: readonly (readonly [Filter, string, Options])[] = [
    ["channel", words.channel, named(data?.channels)],
    ["language", words.language, named(data?.languages)],
    ["route", words.route, routes],
    ["release", words.release, (data?.releases ?? []).map((each) => [each, each.slice(0, 8)] as const)],
    [
      "thumb",
      words.thumb,
      [
        ["up", words.up],
        ["down", words.down],
      ],
    ],
    [
      "person",
      words.person,
      [
        ["yes", words.withPerson],
        ["no", words.withoutPerson],
      ],
    ],
  ];
  return (
    <div className="filters" role="search">
      <Words key={filters.text ?? ""} value={filters.text ?? ""} />
      {(["since", "until"] as const).map((name) => (
        <Field key={name} label={words[name]}>
          {(ids) => (
            <input
              type="date"
              className="input"
              value={filters[name] ?? ""}
              onChange={(event) => setSearch({ [name]: event.target.value || null })}
              {...ids}
            />
          )}
        </Field>
      ))}
      {lists
        .filter(([name, , options]) => options.length > 1 || filters[name])
        .map(([name, label, options]) => (
          <Field key={name} label={label}>
            {(ids) => (
              <Choice
                ids={ids}
                value={filters[name] ?? ""}
                options={[["", words.any], ...options]}
                onChange={(value) => setSearch({ [name]: value || null })}
              />
            )}
          </Field>
        ))}
      {Object.keys(filters).length > 0 && (
        <button
          type="button"
          className="button quiet"
          onClick={() => setSearch(Object.fromEntries(FILTERS.map((name) => [name, null])))}
        >
          {words.clear}
        </button>
      )}
    </div>
  );
}

function Words({ value }: { value: string }) {
  const [typed, setTyped] = useState(value);
  const words = consoleText.conversations;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setSearch({ text: typed.trim() || null });
      }}
    >
      <Field label={words.search}>
        {(ids) => (
          <input
            type="search"
            className="input"
            placeholder={words.searchHint}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            {...ids}
          />
        )}
      </Field>
    </form>
  );
}
