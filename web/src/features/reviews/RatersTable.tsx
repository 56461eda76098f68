import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, client } from "../../shared/api";
import { DataTable, type Column } from "../../shared/console/DataTable";
import { Switch } from "../../shared/console/Field";
import { Loaded } from "../../shared/console/Loaded";
import { Pager } from "../../shared/console/Pager";
import { number } from "../../shared/console/format";
import { setSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";
import { CopyButton } from "../../shared/ui/CopyButton";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { nameOf, type Names } from "./names";

type Rater = components["schemas"]["FeedbackRater"];

const SIZE = 25;

/** Who says how much; suspicious ones with the reasons, and the command that learns nothing from them. */
export function RatersTable({ bot, names, total }: { bot: string; names: Names; total: number }) {
  const text = consoleText.reviews;
  const [suspicious, setSuspicious] = useState(false);
  const [offset, setOffset] = useState(0);
  const query = useQuery({
    queryKey: ["console", bot, "reviews", "raters", suspicious, offset],
    queryFn: ({ signal }) =>
      call(client.GET("/api/feedback/raters", { params: { query: { bot, suspicious, limit: SIZE, offset } }, signal })),
  });
  return (
    <Loaded query={query}>
      {(data) => (
        <div className="stack">
          <p className="page-about">{text.ratersAbout(total)}</p>
          {data.alarm && <ErrorPanel message={data.alarm} />}
          <Switch
            label={text.onlySuspicious}
            checked={suspicious}
            onChange={(on) => {
              setSuspicious(on);
              setOffset(0);
            }}
          />
          <DataTable
            caption={text.ratersTable}
            columns={columns(names)}
            rows={data.raters}
            rowKey={(row) => row.rater}
            empty={<p className="quiet-text">{text.trusted}</p>}
          />
          <Pager offset={offset} size={SIZE} total={data.total} onChange={setOffset} />
        </div>
      )}
    </Loaded>
  );
}

function columns(names: Names): Column<Rater>[] {
  const text = consoleText.reviews;
  return [
    {
      key: "rater",
      header: text.rater,
      cell: (row) => (
        <button type="button" className="link-button" onClick={() => setSearch({ rater: row.rater, from: null })}>
          {nameOf(row.rater, names)}
        </button>
      ),
    },
    { key: "said", header: text.pieces, numeric: true, cell: (row) => number(row.said) },
    { key: "up", header: text.ups, numeric: true, cell: (row) => number(row.up) },
    { key: "down", header: text.downs, numeric: true, cell: (row) => number(row.down) },
    { key: "corrections", header: text.corrections, numeric: true, cell: (row) => number(row.corrections) },
    {
      key: "why",
      header: text.suspicion,
      wide: true,
      cell: (row) =>
        row.reasons.length === 0 ? (
          <span className="quiet-text">{text.trusted}</span>
        ) : (
          <>
            <ul>
              {row.reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
            <details>
              <summary>{text.rebuildTitle}</summary>
              <p>{text.rebuildText}</p>
              <p className="row">
                <code className="code">{text.rebuildCommand(row.rater)}</code>
                <CopyButton value={text.rebuildCommand(row.rater)} label={text.copyCommand} />
              </p>
            </details>
          </>
        ),
    },
  ];
}
