import { messageOf } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { Loaded } from "../../shared/console/Loaded";
import { toast } from "../../shared/console/toast";
import { ago, number } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import type { Making } from "./types";
import { usePanelChanges, usePanels } from "./usePanels";

interface Props {
  bot: string;
  mayCurate: boolean;
  onOpen: (id: string) => void;
}

/** All panels, and above them those that are being made. */
export function PanelList({ bot, mayCurate, onOpen }: Props) {
  const text = consoleText.panels;
  const query = usePanels(bot);
  return (
    <Loaded query={query}>
      {(data) => (
        <div className="stack">
          {data.making.map((making) => (
            <InTheMaking key={making.id} bot={bot} making={making} mayCurate={mayCurate} />
          ))}
          <DataTable
            caption={text.table}
            rows={data.panels}
            rowKey={(row) => row.id}
            empty={data.making.length === 0 && <EmptyState title={text.emptyTitle} text={text.emptyText} />}
            columns={[
              {
                key: "name",
                header: text.name,
                wide: true,
                cell: (row) => (
                  <button type="button" className="link-button panel-open" onClick={() => onOpen(row.id)}>
                    {row.name}
                  </button>
                ),
              },
              {
                key: "state",
                header: text.state,
                cell: (row) => <Badge tone={row.state === "open" ? "good" : "plain"}>{text.states[row.state]}</Badge>,
              },
              { key: "kind", header: text.kind, cell: (row) => text.kinds[row.kind] },
              {
                key: "who",
                header: text.contestants,
                wide: true,
                cell: (row) => Object.keys(row.contestants).join(" · "),
              },
              { key: "items", header: text.questions, numeric: true, cell: (row) => number(row.items) },
              { key: "raters", header: text.raters, numeric: true, cell: (row) => number(row.raters) },
              { key: "votes", header: text.votes, numeric: true, cell: (row) => number(row.votes) },
              { key: "made", header: text.made, cell: (row) => ago(row.created_at) },
            ]}
          />
        </div>
      )}
    </Loaded>
  );
}

function InTheMaking({ bot, making, mayCurate }: { bot: string; making: Making; mayCurate: boolean }) {
  const text = consoleText.panels;
  const changes = usePanelChanges(bot);
  const running = making.state === "running";
  return (
    <div className={running ? "card row" : "error-note"} role="status">
      <div className="panel-making">
        <p>
          <b>{making.name}</b> {making.state === "running" ? text.making : text.failed[making.state]}
        </p>
        <p className="quiet-text">{running ? text.makingText(ago(making.started_at)) : making.said}</p>
        {running && <progress aria-label={text.making} />}
      </div>
      {mayCurate && (
        <button
          type="button"
          className="button"
          onClick={() =>
            void changes.endMaking(making.id).catch((error: unknown) => toast(messageOf(error), { bad: true }))
          }
        >
          {running ? text.stop : text.dismiss}
        </button>
      )}
    </div>
  );
}
