import { useDeferredValue, useState } from "react";
import { EmptyState } from "../../shared/console/EmptyState";
import { Choice, Field } from "../../shared/console/Field";
import { Link } from "../../shared/console/Link";
import { Loaded } from "../../shared/console/Loaded";
import { number } from "../../shared/console/format";
import { setSearch, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { NEW_CONVERSATION } from "../../shared/paths";
import { OneByOne } from "./OneByOne";
import { QueueTable } from "./QueueTable";
import type { Filter, Kind, State } from "./types";
import { useQueue } from "./useQueue";

const STATES: readonly State[] = [
  "waiting",
  "quarantined",
  "accepted",
  "edited",
  "redacted",
  "curated",
  "case",
  "rejected",
  "all",
];
const KINDS: readonly Kind[] = ["", "corrected", "disliked", "liked", "commented", "flagged"];
const VIEWS = ["one", "list"] as const;

/** What waits: one thing after the other, or as a list. Filters stand in the address. */
export function Queue({ bot }: { bot: string }) {
  const text = consoleText.reviews;
  const search = useSearch();
  const [words, setWords] = useState(search.get("search") ?? "");
  const filter: Filter = {
    state: STATES.find((each) => each === search.get("state")) ?? "waiting",
    kind: KINDS.find((each) => each === search.get("kind")) ?? "",
    search: useDeferredValue(words.trim()),
  };
  const view = VIEWS.find((each) => each === search.get("view")) ?? "one";
  const { query, items, total } = useQueue(bot, filter);
  const filtered = filter.state !== "waiting" || filter.kind !== "" || filter.search !== "";
  const empty = filtered ? (
    <EmptyState
      title={text.noneTitle}
      text={text.noneText}
      action={
        <button
          type="button"
          className="button"
          onClick={() => {
            setWords("");
            setSearch({ state: null, kind: null, search: null, item: null });
          }}
        >
          {text.clear}
        </button>
      }
    />
  ) : (
    <EmptyState
      title={text.emptyTitle}
      text={text.emptyText}
      action={
        <Link className="button" to={NEW_CONVERSATION}>
          {text.toChat}
        </Link>
      }
    />
  );
  return (
    <>
      <div className="filters">
        <Field label={text.view}>
          {(ids) => (
            <Choice
              ids={ids}
              value={view}
              options={VIEWS.map((each) => [each, text.views[each]])}
              onChange={(next) => setSearch({ view: next === "one" ? null : next })}
            />
          )}
        </Field>
        <Field label={text.stateLabel}>
          {(ids) => (
            <Choice
              ids={ids}
              value={filter.state}
              options={STATES.map((each) => [each, text.states[each]])}
              onChange={(next) => setSearch({ state: next === "waiting" ? null : next, item: null })}
            />
          )}
        </Field>
        <Field label={text.kindLabel}>
          {(ids) => (
            <Choice
              ids={ids}
              value={filter.kind}
              options={KINDS.map((each) => [each, text.kinds[each]])}
              onChange={(next) => setSearch({ kind: next, item: null })}
            />
          )}
        </Field>
        <Field label={text.search}>
          {(ids) => (
            <input
              {...ids}
              type="search"
              className="input review-search"
              placeholder={text.searchHint}
              value={words}
              onChange={(event) => {
                setWords(event.target.value);
                setSearch({ search: event.target.value.trim(), item: null });
              }}
            />
          )}
        </Field>
        <p className="quiet-text" role="status">
          {query.data ? text.total(total) : ""} {query.data && items.length < total ? `(${number(items.length)})` : ""}
        </p>
      </div>
      <Loaded query={query}>
        {() =>
          view === "list" ? (
            <QueueTable
              bot={bot}
              items={items}
              empty={empty}
              onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
              busy={query.isFetching}
            />
          ) : (
            <OneByOne
              bot={bot}
              items={items}
              total={total}
              empty={empty}
              onEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
            />
          )
        }
      </Loaded>
    </>
  );
}
