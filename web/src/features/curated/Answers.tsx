import { useEffect, useState } from "react";
import { EmptyState } from "../../shared/console/EmptyState";
import { Choice, Field } from "../../shared/console/Field";
import { Loaded } from "../../shared/console/Loaded";
import { Pager } from "../../shared/console/Pager";
import { offsetOf } from "../../shared/console/paging";
import { setSearch, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { AnswersTable } from "./AnswersTable";
import { TrialBox } from "./TrialBox";
import { PAGE, SORTS, STATES, type Filter } from "./types";
import { useAnswers } from "./useCurated";

interface Props {
  bot: string;
  mayCurate: boolean;
  onOpen: (id: string) => void;
}

const TYPING_MS = 250;

/** The table, a page of it at a time: searching, sorting and counting is the server's, so that 50,000 are as fast as 50. */
export function Answers({ bot, onOpen }: Props) {
  const text = consoleText.curated;
  const search = useSearch();
  const words = search.get("search") ?? "";
  const [typed, setTyped] = useState(words);
  useEffect(() => {
    if (typed.trim() === words) return;
    const timer = setTimeout(() => setSearch({ search: typed.trim(), from: null }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, words]);
  const filter: Filter = {
    search: words,
    state: STATES.find((each) => each === search.get("state")) ?? "active",
    sort: SORTS.find((each) => each === search.get("sort")) ?? "changed",
    descending: search.get("down") !== null,
    offset: offsetOf(search.get("from"), PAGE),
  };
  const query = useAnswers(bot, filter);
  const filtered = words !== "" || filter.state !== "active";
  return (
    <>
      <TrialBox bot={bot} onOpen={onOpen} />
      <div className="filters">
        <Field label={text.search}>
          {(ids) => (
            <input
              {...ids}
              type="search"
              className="input curated-search"
              placeholder={text.searchHint}
              maxLength={200}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <Field label={text.stateLabel}>
          {(ids) => (
            <Choice
              ids={ids}
              value={filter.state}
              options={STATES.map((each) => [each, text.states[each]])}
              onChange={(next) => setSearch({ state: next === "active" ? null : next, from: null })}
            />
          )}
        </Field>
        <p className="quiet-text" role="status">
          {query.data && text.total(query.data.total)}
        </p>
      </div>
      <Loaded query={query}>
        {(data) => (
          <>
            <AnswersTable
              bot={bot}
              answers={data.answers}
              filter={filter}
              onOpen={onOpen}
              empty={
                filtered ? (
                  <EmptyState
                    title={text.noneTitle}
                    text={text.noneText}
                    action={
                      <button
                        type="button"
                        className="button"
                        onClick={() => {
                          setTyped("");
                          setSearch({ search: null, state: null, from: null });
                        }}
                      >
                        {text.clear}
                      </button>
                    }
                  />
                ) : (
                  <EmptyState title={text.emptyTitle} text={text.emptyText} />
                )
              }
            />
            <Pager
              offset={filter.offset}
              size={PAGE}
              total={data.total}
              onChange={(next) => setSearch({ from: next === 0 ? null : String(next) })}
            />
          </>
        )}
      </Loaded>
    </>
  );
}
