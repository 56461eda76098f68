import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "../../shared/api";
import type { Session } from "../../shared/api-types";
import { Page } from "../../shared/console/Page";
import { Tabs } from "../../shared/console/Tabs";
import { toast } from "../../shared/console/toast";
import { useLive } from "../../shared/console/useLive";
import { navigate, setSearch, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { keys as shared } from "../../shared/queries";
import { AddressesTab } from "./AddressesTab";
import { DocumentSheet } from "./DocumentSheet";
import { DocumentsTab } from "./DocumentsTab";
import { Held, StatusLine } from "./StatusLine";
import { TrySearch } from "./TrySearch";
import { UploadSheet } from "./UploadSheet";
import { keys, knowledge, refresh } from "./useKnowledge";
import { VersionsTab } from "./VersionsTab";
import "./knowledge.css";

interface Props {
  /** What follows the page's name in the address: the tab. */
  rest: string;
  bot: string;
}

const TABS = ["documents", "addresses", "versions", "search"] as const;
type TabName = (typeof TABS)[number];

export function KnowledgePage({ rest, bot }: Props) {
  const texts = consoleText.knowledge;
  const queries = useQueryClient();
  const search = useSearch();
  const [files, setFiles] = useState<readonly File[] | null>(null);
  const status = useLive(keys.status(bot), (signal) => knowledge.status(bot, signal), 3_000);
  const session = queries.getQueryData<Session>(shared.session);
  const mayEdit = session?.scopes.includes("curate") ?? false;
  const tab: TabName = TABS.find((each) => each === rest) ?? "documents";
  const open = search.get("document");

  async function readNow(): Promise<void> {
    try {
      await knowledge.sync(bot);
      await refresh(queries, bot);
    } catch (error) {
      toast(messageOf(error), { bad: true });
    }
  }

  const go = (next: TabName): void => {
    const kept = new URLSearchParams(window.location.search);
    kept.delete("document");
    const rest = kept.toString();
    navigate(`/console/knowledge${next === "documents" ? "" : `/${next}`}${rest ? `?${rest}` : ""}`);
  };

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
              disabled={status.data?.syncing ?? false}
              onClick={() => void readNow()}
            >
              {status.data?.syncing ? texts.reading : texts.readNow}
            </button>
            <button type="button" className="button primary" onClick={() => setFiles([])}>
              {texts.upload.open}
            </button>
          </>
        )
      }
    >
      {status.data?.held && <Held bot={bot} mayEdit={mayEdit} />}
      {status.data && <StatusLine status={status.data} />}
      <Tabs<TabName>
        label={texts.title}
        value={tab}
        onChange={go}
        tabs={[
          {
            key: "documents",
            label: texts.tabs.documents,
            content: <DocumentsTab bot={bot} mayEdit={mayEdit} status={status.data} onFiles={setFiles} />,
          },
          { key: "addresses", label: texts.tabs.addresses, content: <AddressesTab bot={bot} mayEdit={mayEdit} /> },
          { key: "versions", label: texts.tabs.versions, content: <VersionsTab bot={bot} mayEdit={mayEdit} /> },
          { key: "search", label: texts.tabs.search, content: <TrySearch bot={bot} status={status.data} /> },
        ]}
      />
      <UploadSheet bot={bot} files={files} status={status.data} onClose={() => setFiles(null)} />
      <DocumentSheet bot={bot} name={open} mayEdit={mayEdit} onClose={() => setSearch({ document: null })} />
    </Page>
  );
}
