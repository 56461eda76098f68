import { useState } from "react";
import { call, client } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { Confirm } from "../../shared/console/Confirm";
import { DataTable } from "../../shared/console/DataTable";
import { ago, day } from "../../shared/console/format";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";

export type Key = components["schemas"]["KeyValue"];

interface Props {
  bot: string;
  keys: readonly Key[];
  onChange: () => Promise<void>;
}

const TONES = { live: "good", expired: "plain", revoked: "bad" } as const;

export function KeyTable({ bot, keys, onChange }: Props) {
  const text = consoleText.keys;
  const [ending, setEnding] = useState<Key | null>(null);
  const of = (id: string) => ({ params: { path: { id }, query: { bot } } });

  async function restore(key: Key): Promise<void> {
    await call(client.POST("/api/console/keys/{id}/restore", of(key.id)));
    await onChange();
    toast(text.restored(key.name));
  }

  async function revoke(key: Key): Promise<void> {
    await call(client.DELETE("/api/console/keys/{id}", of(key.id)));
    await onChange();
    toast(text.revoked(key.name), { undo: () => restore(key) });
  }

  return (
    <>
      <DataTable
        caption={text.caption}
        rows={keys}
        rowKey={(key) => key.id}
        columns={[
          { key: "name", header: text.name, wide: true, cell: (key) => <strong>{key.name}</strong> },
          { key: "begins", header: text.begins, cell: (key) => <span className="code">{key.prefix}…</span> },
          {
            key: "state",
            header: text.state,
            cell: (key) => <Badge tone={TONES[key.state]}>{text.states[key.state]}</Badge>,
          },
          { key: "scopes", header: text.scopes, cell: (key) => key.scopes.join(", ") },
          {
            key: "ends",
            header: text.ends,
            cell: (key) => (key.expires_at ? day(key.expires_at) : consoleText.shell.never),
          },
          { key: "used", header: text.used, cell: (key) => (key.used_at ? ago(key.used_at) : consoleText.shell.never) },
          {
            key: "act",
            header: <span className="visually-hidden">{text.revoke}</span>,
            cell: (key) => (
              <Act item={key} onRevoke={() => setEnding(key)} onRestore={() => void restore(key).catch(failed)} />
            ),
          },
        ]}
      />
      <Confirm
        open={ending !== null}
        onOpenChange={(open) => {
          if (!open) setEnding(null);
        }}
        title={text.revokeTitle(ending?.name ?? "")}
        text={text.revokeText}
        action={text.revoke}
        danger
        onConfirm={async () => {
          if (ending) await revoke(ending);
        }}
      />
    </>
  );
}

function Act({ item, onRevoke, onRestore }: { item: Key; onRevoke: () => void; onRestore: () => void }) {
  const text = consoleText.keys;
  if (item.state === "live")
    return (
      <button type="button" className="button quiet" aria-label={text.revokeTitle(item.name)} onClick={onRevoke}>
        {text.revoke}
      </button>
    );
  if (item.undo_until && new Date(item.undo_until) > new Date())
    return (
      <button type="button" className="button quiet" onClick={onRestore}>
        {text.restore}
      </button>
    );
  return null;
}

const failed = (error: unknown): void => toast(error instanceof Error ? error.message : String(error), { bad: true });
