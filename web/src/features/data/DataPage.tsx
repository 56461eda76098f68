import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "../../shared/api";
import type { Session } from "../../shared/api-types";
import { EmptyState } from "../../shared/console/EmptyState";
import { Choice, Field } from "../../shared/console/Field";
import { ago } from "../../shared/console/format";
import { Loaded } from "../../shared/console/Loaded";
import { Page } from "../../shared/console/Page";
import { Tabs } from "../../shared/console/Tabs";
import { toast } from "../../shared/console/toast";
import { useLive } from "../../shared/console/useLive";
import { navigate, setSearch, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { keys as shared } from "../../shared/queries";
import { AddConversations } from "./AddConversations";
import { ComparedTab } from "./ComparedTab";
import { FilesTab } from "./FilesTab";
import { RejectedTab } from "./RejectedTab";
import { ReportTab } from "./ReportTab";
import { data, keys, type Built } from "./useData";
import { WorkLine } from "./WorkLine";
import "./data.css";

interface Props {
  /** What follows the page's name in the address: the tab. */
  rest: string;
  bot: string;
}

const TABS = ["report", "rejected", "compared", "files"] as const;
type TabName = (typeof TABS)[number];

export function DataPage({ rest, bot }: Props) {
  const texts = consoleText.data;
  const queries = useQueryClient();
  const search = useSearch();
  const [adding, setAdding] = useState(false);
  const [work, setWork] = useState<string | null>(null);
  const list = useLive([...keys.all(bot), "list"], (signal) => data.list(bot, signal), 4_000);
  const mayEdit = queries.getQueryData<Session>(shared.session)?.scopes.includes("curate") ?? false;
  const tab: TabName = TABS.find((each) => each === rest) ?? "report";
  const shownWork = work ?? list.data?.running?.id ?? null;

  async function build(): Promise<void> {
    try {
      setWork((await data.build(bot)).id);
    } catch (error) {
      toast(messageOf(error), { bad: true });
    }
  }

  function go(next: TabName): void {
    navigate(`/console/data${next === "report" ? "" : `/${next}`}${window.location.search}`);
  }

  return (
    <Page
      title={texts.title}
      about={texts.about}
      actions={
        mayEdit && (
          <>
            <button
              type="button"
              className="button"
              disabled={list.data?.running !== null}
              onClick={() => void build()}
            >
              {texts.build}
            </button>
            <button type="button" className="button primary" onClick={() => setAdding(true)}>
              {texts.add.open}
            </button>
          </>
        )
      }
    >
      {shownWork && <WorkLine bot={bot} id={shownWork} onClose={() => setWork(null)} />}
      <Loaded query={list}>
        {({ datasets }) => {
          const chosen = datasets.find((each) => each.id === search.get("dataset")) ?? datasets[0];
          const none = <EmptyState title={texts.none} text={texts.noneText} />;
          return (
            <>
              {chosen && datasets.length > 1 && <Which datasets={datasets} chosen={chosen} />}
              <Tabs<TabName>
                label={texts.title}
                value={tab}
                onChange={go}
                tabs={[
                  {
                    key: "report",
                    label: texts.tabs.report,
                    content: chosen ? <ReportTab bot={bot} dataset={chosen} /> : none,
                  },
                  {
                    key: "rejected",
                    label: texts.tabs.rejected,
                    content: chosen ? <RejectedTab key={chosen.id} bot={bot} dataset={chosen} /> : none,
                  },
                  {
                    key: "compared",
                    label: texts.tabs.compared,
                    content: chosen ? <ComparedTab bot={bot} datasets={datasets} chosen={chosen} /> : none,
                  },
                  { key: "files", label: texts.tabs.files, content: <FilesTab bot={bot} /> },
                ]}
              />
            </>
          );
        }}
      </Loaded>
      <AddConversations
        bot={bot}
        open={adding}
        onClose={() => setAdding(false)}
        onTaken={(id) => {
          setAdding(false);
          setWork(id);
        }}
      />
    </Page>
  );
}

function Which({ datasets, chosen }: { datasets: readonly Built[]; chosen: Built }) {
  const texts = consoleText.data;
  return (
    <div className="filters">
      <Field label={texts.dataset}>
        {(ids) => (
          <Choice
            ids={ids}
            value={chosen.id}
            options={datasets.map((each) => [each.id, texts.datasetNamed(each.id, ago(each.made), each.used)] as const)}
            onChange={(dataset) => setSearch({ dataset })}
          />
        )}
      </Field>
    </div>
  );
}
