import { DataTable } from "../../shared/console/DataTable";
import { dateTime } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import type { Releases } from "./api";

/** Promotions and rollbacks, with who asked for them and why. */
export function History({ events }: { events: Releases["history"] }) {
  const words = consoleText.releases;
  return (
    <DataTable
      caption={words.history}
      rows={events}
      rowKey={(event) => `${event.time} ${event.deployment} ${event.action}`}
      empty={<p className="quiet-text">{consoleText.shell.none}</p>}
      columns={[
        { key: "when", header: words.historyColumns.when, cell: (event) => dateTime(event.time) },
        {
          key: "what",
          header: words.historyColumns.what,
          cell: (event) => `${words.events[event.action] ?? event.action} ${event.release}`,
        },
        { key: "who", header: words.historyColumns.who, cell: (event) => event.by || "–" },
        { key: "gate", header: words.historyColumns.gate, cell: (event) => gateOf(event.gate) },
        { key: "why", header: words.historyColumns.why, wide: true, cell: (event) => event.reason || "–" },
      ]}
    />
  );
}

function gateOf(gate: Record<string, unknown> | null | undefined): string {
  const words = consoleText.releases;
  if (!gate) return "–";
  const said = typeof gate["verdict"] === "string" ? (words.verdicts[gate["verdict"]] ?? gate["verdict"]) : "";
  return [said, gate["forced"] ? words.forced : ""].filter(Boolean).join(", ") || "–";
}
