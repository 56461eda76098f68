import type { ReactNode } from "react";
import { consoleText } from "../messages/console/text";

export interface Column<Row> {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Figures are set at the end of their column, under each other. */
  numeric?: boolean;
  /** Takes the room that is left. */
  wide?: boolean;
}

export interface Selection {
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

interface Props<Row> {
  /** What the table holds, for those who do not see it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Shown instead of a table without rows. */
  empty?: ReactNode;
  selection?: Selection;
  /** There are more rows: a button asks for them. */
  onMore?: (() => void) | undefined;
  busy?: boolean;
  current?: string | null;
}

/** A table that scrolls by itself where it is too wide. Rows are opened by a link or button in a cell, never by the row alone. */
export function DataTable<Row>(props: Props<Row>) {
  const { caption, columns, rows, rowKey, empty, selection, onMore, busy, current } = props;
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={caption}>
        <table className="table">
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {selection && (
                <th scope="col" className="check">
                  <SelectAll keys={rows.map(rowKey)} selection={selection} />
                </th>
              )}
              {columns.map((column) => (
                <th key={column.key} scope="col" className={classOf(column)}>
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const key = rowKey(row);
              return (
                <tr key={key} aria-current={key === current ? "true" : undefined}>
                  {selection && (
                    <td className="check">
                      <SelectOne id={key} selection={selection} />
                    </td>
                  )}
                  {columns.map((column) => (
                    <td key={column.key} className={classOf(column)}>
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {onMore && (
        <button type="button" className="button more" disabled={busy} onClick={onMore}>
          {consoleText.shell.more}
        </button>
      )}
    </>
  );
}

const classOf = <Row,>(column: Column<Row>): string | undefined =>
  column.numeric ? "numeric" : column.wide ? "wide" : undefined;

function SelectAll({ keys, selection }: { keys: readonly string[]; selection: Selection }) {
  const some = keys.filter((key) => selection.chosen.has(key)).length;
  return (
    <input
      type="checkbox"
      aria-label={consoleText.shell.selectAll}
      checked={some > 0 && some === keys.length}
      ref={(box) => {
        if (box) box.indeterminate = some > 0 && some < keys.length;
      }}
      onChange={(event) => selection.onChange(new Set(event.target.checked ? keys : []))}
    />
  );
}

function SelectOne({ id, selection }: { id: string; selection: Selection }) {
  return (
    <input
      type="checkbox"
      aria-label={consoleText.shell.selectRow}
      checked={selection.chosen.has(id)}
      onChange={(event) => {
        const next = new Set(selection.chosen);
        if (event.target.checked) next.add(id);
        else next.delete(id);
        selection.onChange(next);
      }}
    />
  );
}
