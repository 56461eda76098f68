import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call, client } from "../../shared/api";
import { EmptyState } from "../../shared/console/EmptyState";
import { Switch } from "../../shared/console/Field";
import { Loaded } from "../../shared/console/Loaded";
import { Page } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import { KeyTable } from "./KeyTable";
import { NewKey } from "./NewKey";

export function KeysPage({ bot }: { bot: string }) {
  const text = consoleText.keys;
  const cache = useQueryClient();
  const [making, setMaking] = useState(false);
  const [over, setOver] = useState(false);
  const query = useQuery({
    queryKey: ["keys", bot],
    queryFn: ({ signal }) => call(client.GET("/api/console/keys", { params: { query: { bot } }, signal })),
  });
  const changed = () => cache.invalidateQueries({ queryKey: ["keys", bot] });
  const make = (
    <button type="button" className="button primary" onClick={() => setMaking(true)}>
      {text.make}
    </button>
  );
  return (
    <Page title={text.title} about={text.about} actions={query.data?.keys.length ? make : null}>
      <Loaded query={query}>
        {(data) => {
          const shown = data.keys.filter((key) => over || key.state === "live");
          const hidden = data.keys.some((key) => key.state !== "live");
          return (
            <div className="stack">
              {data.keys.length === 0 ? (
                <EmptyState title={text.emptyTitle} text={text.emptyText} action={make} />
              ) : (
                <>
                  {hidden && <Switch label={text.over} checked={over} onChange={setOver} />}
                  <KeyTable bot={bot} keys={shown} onChange={changed} />
                </>
              )}
              <NewKey bot={bot} open={making} onOpenChange={setMaking} known={data} onMade={changed} />
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}
