import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { messageOf } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { Field } from "../../shared/console/Field";
import { number } from "../../shared/console/format";
import { Loaded } from "../../shared/console/Loaded";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { OutLink } from "../../shared/ui/OutLink";
import { keys, knowledge, refresh } from "./useKnowledge";

/** Pages, sitemaps and feeds: what is fetched by itself, and nothing else is. */
export function AddressesTab({ bot, mayEdit }: { bot: string; mayEdit: boolean }) {
  const texts = consoleText.knowledge.addresses;
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: [...keys.all(bot), "addresses"],
    queryFn: ({ signal }) => knowledge.addresses(bot, signal),
  });

  async function remove(url: string): Promise<void> {
    try {
      await knowledge.removeAddress(bot, url);
      await refresh(queries, bot);
      toast(texts.removed, {
        undo: async () => {
          await knowledge.addAddress(bot, url);
          await refresh(queries, bot);
        },
      });
    } catch (error) {
      toast(messageOf(error), { bad: true });
    }
  }

  return (
    <div className="stack">
      <p className="page-about">{texts.about}</p>
      {mayEdit && <AddAddress bot={bot} />}
      <Loaded query={list}>
        {(found) => (
          <DataTable
            caption={texts.caption}
            rows={found.addresses}
            rowKey={(row) => row.url}
            empty={<EmptyState title={texts.none} text={texts.noneText} />}
            columns={[
              {
                key: "url",
                header: texts.address,
                wide: true,
                cell: (row) => (
                  <span className="break">
                    <OutLink href={row.url}>{row.url}</OutLink>
                    {row.problem && <p className="field-error">{row.problem}</p>}
                  </span>
                ),
              },
              { key: "pages", header: texts.pages, numeric: true, cell: (row) => number(row.pages) },
              {
                key: "do",
                header: <span className="visually-hidden">{texts.remove}</span>,
                cell: (row) =>
                  row.fixed ? (
                    <Badge>{texts.fixed}</Badge>
                  ) : (
                    mayEdit && (
                      <button
                        type="button"
                        className="button quiet"
                        aria-label={texts.removeOne(row.url)}
                        onClick={() => void remove(row.url)}
                      >
                        {texts.remove}
                      </button>
                    )
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      <p className="quiet-text">{texts.rules(list.data?.per_list ?? 200)}</p>
    </div>
  );
}

function AddAddress({ bot }: { bot: string }) {
  const texts = consoleText.knowledge.addresses;
  const queries = useQueryClient();
  const [url, setUrl] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const added = await knowledge.addAddress(bot, url.trim());
      setUrl("");
      await refresh(queries, bot);
      toast(added.kind === "list" ? texts.addedList(added.listed) : texts.addedPage(added.title || added.url), {
        undo: async () => {
          await knowledge.removeAddress(bot, added.url);
          await refresh(queries, bot);
        },
      });
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="add-address" onSubmit={(event) => void add(event)}>
      <Field label={texts.label} hint={texts.hint} error={error}>
        {(ids) => (
          <input
            className="input"
            type="url"
            required
            placeholder="https://"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
            {...ids}
          />
        )}
      </Field>
      <button type="submit" className="button primary" disabled={busy || url.trim() === ""}>
        {busy ? texts.looking : texts.add}
      </button>
    </form>
  );
}
