import { Page } from "../../shared/console/Page";
import { useMay } from "../../shared/console/useMay";
import { navigate, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { NewPanelForm } from "./NewPanelForm";
import { PanelList } from "./PanelList";
import { PanelView } from "./PanelView";
import "./panels.css";

interface Props {
  /** What follows the page's name: "new", or a panel's id. */
  rest: string;
  bot: string;
}

export function PanelsPage({ rest, bot }: Props) {
  const text = consoleText.panels;
  const asked = useSearch().get("bot");
  const mayCurate = useMay("curate");
  const go = (to: string): void =>
    navigate(`/console/panels${to && `/${to}`}${asked ? `?bot=${encodeURIComponent(asked)}` : ""}`);
  const back = (
    <button type="button" className="button" onClick={() => go("")}>
      {text.back}
    </button>
  );
  if (rest === "new")
    return (
      <Page title={text.newTitle} about={text.newAbout} actions={back}>
        <NewPanelForm bot={bot} onDone={() => go("")} />
      </Page>
    );
  if (rest !== "")
    return <PanelView key={rest} bot={bot} id={decodeURIComponent(rest)} back={back} onGone={() => go("")} />;
  return (
    <Page
      title={text.title}
      about={text.about}
      actions={
        mayCurate && (
          <button type="button" className="button primary" onClick={() => go("new")}>
            {text.add}
          </button>
        )
      }
    >
      <PanelList bot={bot} mayCurate={mayCurate} onOpen={go} />
    </Page>
  );
}
