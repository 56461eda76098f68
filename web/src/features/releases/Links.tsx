import { useQuery, useQueryClient } from "@tanstack/react-query";
import { messageOf } from "../../shared/api";
import { DataTable } from "../../shared/console/DataTable";
import { dateTime, number } from "../../shared/console/format";
import { Section } from "../../shared/console/Page";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { api } from "./api";

/** Links for testers that were made; nothing where there never was one. */
export function Links({ bot, may }: { bot: string; may: boolean }) {
  const words = consoleText.releases;
  const queries = useQueryClient();
  const query = useQuery({ queryKey: ["links", bot], queryFn: ({ signal }) => api.links(bot, signal) });
  const links = query.data?.links ?? [];
  if (links.length === 0) return null;

  async function revoke(id: string): Promise<void> {
    try {
      await api.revoke(bot, id);
      await queries.invalidateQueries({ queryKey: ["links", bot] });
      toast(words.revoked);
    } catch (problem) {
      toast(messageOf(problem), { bad: true });
    }
  }

  return (
    <Section title={words.links}>
      <DataTable
        caption={words.links}
        rows={links}
        rowKey={(link) => link.id}
        columns={[
          { key: "release", header: words.linkColumns.release, cell: (link) => link.release },
          { key: "state", header: words.linkColumns.state, cell: (link) => words.linkStates[link.state] ?? link.state },
          { key: "tasks", header: words.linkColumns.tasks, numeric: true, cell: (link) => number(link.tasks.length) },
          { key: "ends", header: words.linkColumns.ends, cell: (link) => dateTime(link.expires_at) },
          {
            key: "revoke",
            header: <span className="visually-hidden">{words.revoke}</span>,
            cell: (link) =>
              may && link.state === "live" ? (
                <button type="button" className="button quiet" onClick={() => void revoke(link.id)}>
                  {words.revoke}
                </button>
              ) : null,
          },
        ]}
      />
    </Section>
  );
}
