import { useState } from "react";
import { call, client } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { Confirm } from "../../shared/console/Confirm";
import { DataTable } from "../../shared/console/DataTable";
import { Choice } from "../../shared/console/Field";
import { ago, day, number } from "../../shared/console/format";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";

type Account = components["schemas"]["AccountValue"];
type Role = Account["role"];

export const ROLES: readonly Role[] = ["owner", "editor", "reviewer", "visitor"];

interface Props {
  accounts: readonly Account[];
  onChange: () => Promise<void>;
}

export function AccountTable({ accounts, onChange }: Props) {
  const text = consoleText.people;
  const [disabling, setDisabling] = useState<Account | null>(null);
  const [ending, setEnding] = useState<Account | null>(null);

  async function change(account: Account, body: { role?: Role; disabled?: boolean }): Promise<void> {
    await call(client.PATCH("/api/console/people/{id}", { params: { path: { id: account.id } }, body }));
    await onChange();
  }

  async function setRole(account: Account, role: Role): Promise<void> {
    await change(account, { role });
    toast(text.roleChanged(account.name, text.roles[role]), { undo: () => change(account, { role: account.role }) });
  }

  async function enable(account: Account): Promise<void> {
    await change(account, { disabled: false });
    toast(text.enabledNow(account.name));
  }

  async function disable(account: Account): Promise<void> {
    await change(account, { disabled: true });
    toast(text.disabledNow(account.name), { undo: () => enable(account) });
  }

  async function end(account: Account): Promise<void> {
    const done = await call(
      client.DELETE("/api/console/people/{id}/sessions", { params: { path: { id: account.id } } }),
    );
    await onChange();
    toast(text.ended(done.sessions));
  }

  return (
    <>
      <DataTable
        caption={text.caption}
        rows={accounts}
        rowKey={(account) => account.id}
        columns={[
          {
            key: "name",
            header: text.name,
            wide: true,
            cell: (account) => (
              <span className="row">
                <strong>{account.name}</strong>
                {account.you && <Badge tone="info">{text.you}</Badge>}
                {account.disabled_at && <Badge tone="bad">{text.disabled}</Badge>}
              </span>
            ),
          },
          {
            key: "role",
            header: text.role,
            cell: (account) => (
              <Choice
                label={text.roleOf(account.name)}
                value={account.role}
                disabled={account.disabled_at !== null}
                options={ROLES.map((role) => [role, text.roles[role]])}
                onChange={(role) => void setRole(account, role).catch(failed)}
              />
            ),
          },
          { key: "since", header: text.since, cell: (account) => day(account.created_at) },
          {
            key: "seen",
            header: text.seen,
            cell: (account) => (account.seen_at ? ago(account.seen_at) : text.notSeen),
          },
          { key: "sessions", header: text.sessions, numeric: true, cell: (account) => number(account.sessions) },
          {
            key: "act",
            header: <span className="visually-hidden">{text.disable}</span>,
            cell: (account) => (
              <span className="row">
                {account.sessions > 0 && !account.you && (
                  <button type="button" className="button quiet" onClick={() => setEnding(account)}>
                    {text.end}
                  </button>
                )}
                {account.disabled_at ? (
                  <button type="button" className="button quiet" onClick={() => void enable(account).catch(failed)}>
                    {text.enable}
                  </button>
                ) : (
                  <button type="button" className="button quiet" onClick={() => setDisabling(account)}>
                    {text.disable}
                  </button>
                )}
              </span>
            ),
          },
        ]}
      />
      <Confirm
        open={disabling !== null}
        onOpenChange={(open) => !open && setDisabling(null)}
        title={text.disableTitle(disabling?.name ?? "")}
        text={text.disableText}
        action={text.disable}
        danger
        onConfirm={async () => {
          if (disabling) await disable(disabling);
        }}
      />
      <Confirm
        open={ending !== null}
        onOpenChange={(open) => !open && setEnding(null)}
        title={text.endTitle(ending?.name ?? "")}
        text={text.endText}
        action={text.end}
        onConfirm={async () => {
          if (ending) await end(ending);
        }}
      />
    </>
  );
}

const failed = (error: unknown): void => toast(error instanceof Error ? error.message : String(error), { bad: true });
