import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, client, messageOf } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { Loaded } from "../../shared/console/Loaded";
import { dateTime } from "../../shared/console/format";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { OneVersion } from "./OneVersion";

interface Props {
  bot: string;
  revision: string;
  onSaved: () => Promise<void>;
}

export function History({ bot, revision, onSaved }: Props) {
  const text = consoleText.settings;
  const [shown, setShown] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ["settings", bot, "versions"],
    queryFn: ({ signal }) => call(client.GET("/api/console/settings/versions", { params: { query: { bot } }, signal })),
  });

  async function restore(id: string): Promise<void> {
    try {
      const params = { path: { id }, query: { bot } };
      await call(client.POST("/api/console/settings/versions/{id}/restore", { params, body: { revision } }));
      setShown(null);
      toast(text.restored);
      await onSaved();
    } catch (error) {
      toast(messageOf(error), { bad: true });
    }
  }

  return (
    <Loaded query={query}>
      {({ versions }) => (
        <>
          <DataTable
            caption={text.historyCaption}
            rows={versions}
            rowKey={(version) => version.id}
            empty={<EmptyState title={text.historyEmptyTitle} text={text.historyEmpty} />}
            columns={[
              { key: "at", header: text.at, cell: (version) => dateTime(version.at) },
              { key: "by", header: text.by, cell: (version) => version.by || text.byHand },
              { key: "keys", header: text.keys, wide: true, cell: (version) => version.keys.join(", ") },
              {
                key: "act",
                header: <span className="visually-hidden">{text.restore}</span>,
                cell: (version) =>
                  version.current ? (
                    <Badge tone="good">{text.current}</Badge>
                  ) : (
                    <button type="button" className="button quiet" onClick={() => setShown(version.id)}>
                      {text.show}
                    </button>
                  ),
              },
            ]}
          />
          <OneVersion
            bot={bot}
            id={shown}
            onClose={() => setShown(null)}
            onRestore={() => (shown ? restore(shown) : Promise.resolve())}
          />
        </>
      )}
    </Loaded>
  );
}
