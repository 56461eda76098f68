import { useState, type ReactNode } from "react";
import { Confirm } from "../../shared/console/Confirm";
import { Loaded } from "../../shared/console/Loaded";
import { Page } from "../../shared/console/Page";
import { Tabs } from "../../shared/console/Tabs";
import { toast } from "../../shared/console/toast";
import { useMay } from "../../shared/console/useMay";
import { number } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import { Raters } from "./Raters";
import { ResultsView } from "./ResultsView";
import type { Panel } from "./types";
import { usePanel, usePanelChanges } from "./usePanels";

interface Props {
  bot: string;
  id: string;
  back: ReactNode;
  onGone: () => void;
}

type Part = "raters" | "results" | "about";

/** One panel: who was invited and how far they are, what comes out, what it is about. */
export function PanelView({ bot, id, back, onGone }: Props) {
  const text = consoleText.panels;
  const query = usePanel(bot, id);
  const changes = usePanelChanges(bot);
  const mayCurate = useMay("curate");
  const mayDelete = useMay("admin");
  const [part, setPart] = useState<Part>("raters");
  const [asking, setAsking] = useState<"close" | "delete" | null>(null);
  const panel = query.data?.panel;
  return (
    <Page
      title={panel?.name ?? text.title}
      about={
        panel &&
        `${text.kinds[panel.kind]} · ${Object.keys(panel.contestants).join(" · ")} · ${text.states[panel.state]}`
      }
      actions={
        <>
          {back}
          {mayCurate && panel?.state === "open" && (
            <button type="button" className="button" onClick={() => setAsking("close")}>
              {text.close}
            </button>
          )}
          {mayDelete && panel && (
            <button type="button" className="button danger" onClick={() => setAsking("delete")}>
              {text.delete}
            </button>
          )}
        </>
      }
    >
      <Loaded query={query}>
        {(data) => (
          <Tabs
            label={text.tabsLabel}
            value={part}
            onChange={setPart}
            tabs={[
              {
                key: "raters",
                label: text.tabs.raters,
                content: <Raters bot={bot} panel={data.panel} raters={data.raters} mayCurate={mayCurate} />,
              },
              {
                key: "results",
                label: text.tabs.results,
                content: <ResultsView bot={bot} panel={data.panel} mayExport={mayCurate} />,
              },
              { key: "about", label: text.tabs.about, content: <About panel={data.panel} /> },
            ]}
          />
        )}
      </Loaded>
      <Confirm
        open={asking === "close"}
        onOpenChange={() => setAsking(null)}
        title={text.closeTitle}
        text={text.closeText}
        action={text.close}
        onConfirm={async () => {
          await changes.close(id);
          toast(text.closed);
        }}
      />
      <Confirm
        open={asking === "delete"}
        onOpenChange={() => setAsking(null)}
        title={text.deleteTitle}
        text={text.deleteText}
        action={text.delete}
        danger
        typed={panel?.name ?? ""}
        onConfirm={async () => {
          await changes.remove(id);
          toast(text.deleted);
          onGone();
        }}
      />
    </Page>
  );
}

function About({ panel }: { panel: Panel }) {
  const text = consoleText.panels;
  return (
    <div className="stack">
      <p>{text.facts(panel.items, panel.controls_made, number(panel.per_rater))}</p>
      {panel.identical > 0 && <p>{text.identical(panel.identical)}</p>}
      <h2>{text.instructionsShown}</h2>
      <blockquote dir="auto">{panel.instructions}</blockquote>
      <h2>{text.contestantsShown}</h2>
      <ul>
        {Object.entries(panel.contestants).map(([name, about]) => (
          <li key={name}>
            <b>{name}</b>: {about}
          </li>
        ))}
      </ul>
    </div>
  );
}
