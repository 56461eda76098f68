import { useState } from "react";
import { Badge } from "../../shared/console/Badge";
import { Confirm } from "../../shared/console/Confirm";
import { DataTable, type Column } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { toast } from "../../shared/console/toast";
import { ago, day, number } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import { InviteSheet } from "./InviteSheet";
import type { Panel, Rater } from "./types";
import { usePanelChanges } from "./usePanels";

interface Props {
  bot: string;
  panel: Panel;
  raters: readonly Rater[];
  mayCurate: boolean;
}

/** Who was invited, and how far each is; votes come in while one looks. */
export function Raters({ bot, panel, raters, mayCurate }: Props) {
  const text = consoleText.panels;
  const changes = usePanelChanges(bot);
  const [inviting, setInviting] = useState(false);
  const [ending, setEnding] = useState<Rater | null>(null);
  const may = mayCurate && panel.state === "open";
  const counted = raters.filter((each) => each.state === "live" || each.done > 0);
  const [done, all] = [sum(counted.map((each) => each.done)), sum(counted.map((each) => each.of))];
  const invite = may && (
    <button type="button" className="button primary" onClick={() => setInviting(true)}>
      {text.invite}
    </button>
  );
  return (
    <div className="stack">
      {raters.length > 0 && (
        <div className="row">
          <progress max={all || 1} value={done} aria-label={text.overall(number(done), number(all))} />
          <span role="status">{text.overall(number(done), number(all))}</span>
          <span className="panel-end">{invite}</span>
        </div>
      )}
      <DataTable
        caption={text.ratersTable}
        rows={raters}
        rowKey={(row) => row.id}
        empty={<EmptyState title={text.noRaters} text={text.noRatersText} action={invite} />}
        columns={columns(may ? setEnding : null)}
      />
      <InviteSheet bot={bot} panel={panel} open={inviting} onClose={() => setInviting(false)} />
      <Confirm
        open={ending !== null}
        onOpenChange={() => setEnding(null)}
        title={text.revokeTitle(ending?.name ?? "")}
        text={text.revokeText}
        action={text.revoke}
        danger
        onConfirm={async () => {
          if (!ending) return;
          await changes.revoke(panel.id, ending.id);
          toast(text.revoked(ending.name));
        }}
      />
    </div>
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function columns(onEnd: ((rater: Rater) => void) | null): Column<Rater>[] {
  const text = consoleText.panels;
  return [
    { key: "name", header: text.rater, wide: true, cell: (row) => <span dir="auto">{row.name}</span> },
    {
      key: "done",
      header: text.progress,
      cell: (row) => (
        <span className="row">
          <progress max={row.of} value={row.done} aria-label={text.progressOf(number(row.done), number(row.of))} />
          <span>{text.progressOf(number(row.done), number(row.of))}</span>
        </span>
      ),
    },
    {
      key: "last",
      header: text.lastVote,
      cell: (row) => (row.last_at ? ago(row.last_at) : consoleText.shell.never),
    },
    {
      key: "link",
      header: text.linkEnds,
      cell: (row) => (
        <>
          <Badge tone={row.state === "live" ? "good" : "plain"}>{text.linkStates[row.state]}</Badge>{" "}
          {row.expires_at && <span className="quiet-text">{day(row.expires_at)}</span>}
        </>
      ),
    },
    ...(onEnd
      ? [
          {
            key: "end",
            header: <span className="visually-hidden">{text.revoke}</span>,
            cell: (row: Rater) =>
              row.state === "live" && (
                <button type="button" className="link-button" onClick={() => onEnd(row)}>
                  {text.revoke}
                </button>
              ),
          },
        ]
      : []),
  ];
}
