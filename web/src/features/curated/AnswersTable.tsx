import type { ReactNode } from "react";
import { Badge, type Tone } from "../../shared/console/Badge";
import { DataTable, type Column } from "../../shared/console/DataTable";
import { ago, day } from "../../shared/console/format";
import { setSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { dayOf, standingOf } from "./draft";
import type { Answer, Filter, Sort } from "./types";
import { useNames } from "./useCurated";

interface Props {
  bot: string;
  answers: readonly Answer[];
  filter: Filter;
  empty: ReactNode;
  onOpen: (id: string) => void;
}

const TONES: Readonly<Record<string, Tone>> = { expired: "bad", expiring: "warn", coming: "info", retired: "plain" };

export function AnswersTable({ bot, answers, filter, empty, onOpen }: Props) {
  const text = consoleText.curated;
  const name = useNames(bot);
  const head = (sort: Sort, label: string) => <SortButton sort={sort} label={label} filter={filter} />;
  const columns: Column<Answer>[] = [
    {
      key: "question",
      header: head("question", text.question),
      wide: true,
      cell: (row) => (
        <>
          <button type="button" className="link-button curated-open" dir="auto" onClick={() => onOpen(row.id)}>
            {row.questions[0]}
          </button>
          {row.questions.length > 1 && <p className="quiet-text">{text.more(row.questions.length - 1)}</p>}
        </>
      ),
    },
    {
      key: "text",
      header: head("text", text.answer),
      wide: true,
      cell: (row) => (
        <span className="curated-text" dir="auto">
          {row.text}
        </span>
      ),
    },
    {
      key: "expires",
      header: head("expires", text.ends),
      cell: (row) => {
        const standing = standingOf(row);
        return (
          <>
            {row.expires_at && day(dayOf(row.expires_at, true))}{" "}
            {standing && <Badge tone={TONES[standing] ?? "plain"}>{text.badges[standing]}</Badge>}
          </>
        );
      },
    },
    {
      key: "changed",
      header: head("changed", text.changed),
      cell: (row) => (
        <>
          {ago(row.updated_at)} <span className="quiet-text">{text.by(name(row.by))}</span>
        </>
      ),
    },
  ];
  return <DataTable caption={text.table} columns={columns} rows={answers} rowKey={(row) => row.id} empty={empty} />;
}

/** A column's name sorts by it; once more turns the order around. */
function SortButton({ sort, label, filter }: { sort: Sort; label: string; filter: Filter }) {
  const current = filter.sort === sort;
  return (
    <button
      type="button"
      className="curated-sort"
      aria-pressed={current}
      aria-label={consoleText.curated.sortBy(label)}
      onClick={() =>
        setSearch({
          sort: sort === "changed" ? null : sort,
          down: current && !filter.descending ? "1" : null,
          from: null,
        })
      }
    >
      {label} <span aria-hidden="true">{current ? (filter.descending ? "↑" : "↓") : ""}</span>
    </button>
  );
}
