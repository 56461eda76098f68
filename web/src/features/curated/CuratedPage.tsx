import { useState } from "react";
import { Page } from "../../shared/console/Page";
import { Tabs } from "../../shared/console/Tabs";
import { useMay } from "../../shared/console/useMay";
import { navigate, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { Answers } from "./Answers";
import { EditSheet } from "./EditSheet";
import { History } from "./History";
import { ImportSheet } from "./ImportSheet";
import "./curated.css";

interface Props {
  /** What follows the page's name: "history", "new", or the answer that is open. */
  rest: string;
  bot: string;
}

const FORMATS = ["csv", "xlsx"] as const;

export function CuratedPage({ rest, bot }: Props) {
  const text = consoleText.curated;
  const search = useSearch();
  const mayCurate = useMay("curate");
  const [importing, setImporting] = useState(false);
  const part = rest === "history" ? "history" : "answers";
  const open = part === "answers" && rest !== "" ? decodeURIComponent(rest) : null;

  /** Keeps what stands behind "?": filters, and which bot it is. */
  function go(to: string): void {
    const kept = new URLSearchParams(search);
    kept.delete("question");
    const after = kept.toString();
    navigate(`/console/curated${to && `/${to}`}${after && `?${after}`}`);
  }

  return (
    <Page
      title={text.title}
      about={text.about}
      actions={
        <>
          {FORMATS.map((format) => (
            <a
              key={format}
              className="button"
              download
              href={`/api/curated/export?format=${format}&bot=${encodeURIComponent(bot)}`}
            >
              {text.exports[format]}
            </a>
          ))}
          {mayCurate && (
            <>
              <button type="button" className="button" onClick={() => setImporting(true)}>
                {text.import}
              </button>
              <button type="button" className="button primary" onClick={() => go("new")}>
                {text.add}
              </button>
            </>
          )}
        </>
      }
    >
      <Tabs
        label={text.tabsLabel}
        value={part}
        onChange={(next) => go(next === "history" ? "history" : "")}
        tabs={[
          {
            key: "answers",
            label: text.tabs.answers,
            content: <Answers bot={bot} mayCurate={mayCurate} onOpen={(id) => go(encodeURIComponent(id))} />,
          },
          { key: "history", label: text.tabs.history, content: <History bot={bot} mayCurate={mayCurate} /> },
        ]}
      />
      <EditSheet
        bot={bot}
        id={open}
        question={search.get("question") ?? ""}
        mayCurate={mayCurate}
        onClose={() => go("")}
      />
      <ImportSheet bot={bot} open={importing} onClose={() => setImporting(false)} />
    </Page>
  );
}
