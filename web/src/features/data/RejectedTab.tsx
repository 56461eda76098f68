import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Badge } from "../../shared/console/Badge";
import { EmptyState } from "../../shared/console/EmptyState";
import { Choice, Field } from "../../shared/console/Field";
import { number, percent } from "../../shared/console/format";
import { Loaded } from "../../shared/console/Loaded";
import { setSearch, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { RowSheet } from "./RowSheet";
import { data, keys, type Built, type Filters, type Reject } from "./useData";

const STEP = 50;

/** Every row that was left out: which, why, and how rows like it can be kept. */
export function RejectedTab({ bot, dataset }: { bot: string; dataset: Built }) {
  const texts = consoleText.data.rejected;
  const address = useSearch();
  const [search, setWords] = useState("");
  const [page, setPage] = useState(0);
  const [opened, setOpened] = useState<string | null>(null);
  const filters: Filters = { reason: address.get("reason") ?? "", source: address.get("source") ?? "", search };
  const report = useQuery({
    queryKey: [...keys.all(bot), "report", dataset.id],
    queryFn: ({ signal }) => data.report(bot, dataset.id, signal),
    staleTime: Infinity,
  });
  const list = useQuery({
    queryKey: [...keys.all(bot), "rejected", dataset.id, filters, page],
    queryFn: ({ signal }) => data.rejected(bot, dataset.id, filters, page * STEP, STEP, signal),
    placeholderData: keepPreviousData,
  });
  const every = [["", texts.all]] as const;
  const reasons = report.data?.reasons ?? [];
  const kind = reasons.find((each) => each.reason === filters.reason)?.kind;
  const filter = (name: "reason" | "source", value: string): void => {
    setPage(0);
    setSearch({ [name]: value });
  };
  return (
    <>
      <div className="filters">
        <Field label={texts.search}>
          {(ids) => (
            <input
              className="input"
              type="search"
              value={search}
              onChange={(event) => {
                setPage(0);
                setWords(event.target.value);
              }}
              {...ids}
            />
          )}
        </Field>
        <Field label={texts.reason}>
          {(ids) => (
            <Choice
              ids={ids}
              value={filters.reason}
              options={[
                ...every,
                ...reasons.map((each) => [each.reason, `${each.reason} (${number(each.rows)})`] as const),
              ]}
              onChange={(value) => filter("reason", value)}
            />
          )}
        </Field>
        <Field label={texts.file}>
          {(ids) => (
            <Choice
              ids={ids}
              value={filters.source}
              options={[
                ...every,
                ...(report.data?.sources ?? [])
                  .filter((each) => each.rejected)
                  .map((each) => [each.name, each.name] as const),
              ]}
              onChange={(value) => filter("source", value)}
            />
          )}
        </Field>
      </div>
      {kind && (
        <div className="card advice">
          <p>{consoleText.data.kinds[kind].why}</p>
          <p>
            <strong>{texts.keep}</strong> {consoleText.data.kinds[kind].keep}
          </p>
        </div>
      )}
      <Loaded query={list}>
        {({ rows, total }) =>
          total === 0 ? (
            <EmptyState title={texts.none} text={filters.reason || search ? texts.noneFit : texts.noneText} />
          ) : (
            <>
              <p className="quiet-text" role="status">
                {texts.shown(page * STEP + 1, page * STEP + rows.length, total)}
              </p>
              <ul className="rejects">
                {rows.map((row) => (
                  <li key={`${row.source} ${row.position} ${row.reason}`} className="card">
                    <OneReject row={row} onKept={() => setOpened(row.kept)} />
                  </li>
                ))}
              </ul>
              <div className="form-actions">
                <button type="button" className="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
                  {texts.before}
                </button>
                <button
                  type="button"
                  className="button"
                  disabled={(page + 1) * STEP >= total}
                  onClick={() => setPage(page + 1)}
                >
                  {texts.next}
                </button>
              </div>
            </>
          )
        }
      </Loaded>
      <RowSheet bot={bot} dataset={dataset.id} id={opened} onClose={() => setOpened(null)} />
    </>
  );
}

function OneReject({ row, onKept }: { row: Reject; onKept: () => void }) {
  const texts = consoleText.data.rejected;
  return (
    <>
      <p dir="auto" className="break">
        {row.excerpt || texts.noText}
      </p>
      <p className="row quiet-text">
        <Badge tone="warn">{row.reason}</Badge>
        {row.likeness !== null && <span>{texts.alike(percent(row.likeness))}</span>}
        {row.like && <span className="break">{texts.like(row.like)}</span>}
        <span className="break">{texts.place(row.source, row.position)}</span>
        {row.kept && (
          <button type="button" className="link-button" onClick={onKept}>
            {texts.showKept}
          </button>
        )}
      </p>
    </>
  );
}
