import { useQuery, useQueryClient } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import { Loaded } from "../../shared/console/Loaded";
import { Page } from "../../shared/console/Page";
import { Tabs } from "../../shared/console/Tabs";
import { setSearch, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import "../../shared/styles/care.css";
import { Form } from "./Form";
import { History } from "./History";
import { Pending } from "./Pending";
import { Secrets } from "./Secrets";
import { AsText } from "./AsText";

type Part = "form" | "text" | "history";

export function SettingsPage({ bot }: { bot: string }) {
  const text = consoleText.settings;
  const cache = useQueryClient();
  const search = useSearch();
  const asked = search.get("view");
  const query = useQuery({
    queryKey: ["settings", bot],
    queryFn: ({ signal }) => call(client.GET("/api/console/settings", { params: { query: { bot } }, signal })),
    refetchOnWindowFocus: false,
  });
  // The chat's card and the privacy page show what was saved.
  const saved = () => cache.invalidateQueries();
  return (
    <Page title={text.title} about={text.about}>
      <Loaded query={query}>
        {(data) => {
          const part: Part = asked === "text" || asked === "history" ? asked : data.fields.length ? "form" : "text";
          return (
            <>
              <Pending bot={bot} settings={data} />
              <Tabs
                label={text.partsLabel}
                value={part}
                onChange={(view) => setSearch({ view: view === "form" ? null : view })}
                tabs={[
                  {
                    key: "form",
                    label: text.parts.form,
                    content: data.fields.length ? (
                      <Form key={data.revision} bot={bot} settings={data} onSaved={saved} />
                    ) : (
                      <p className="note bad">{text.broken}</p>
                    ),
                  },
                  {
                    key: "text",
                    label: text.parts.text,
                    content: <AsText key={data.revision} bot={bot} settings={data} onSaved={saved} />,
                  },
                  {
                    key: "history",
                    label: text.parts.history,
                    content: <History bot={bot} revision={data.revision} onSaved={saved} />,
                  },
                ]}
              />
              <Secrets secrets={data.secrets} />
              <p className="quiet-text">{text.file(data.path)}</p>
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
