import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Badge } from "../../shared/console/Badge";
import { dateTime } from "../../shared/console/format";
import { Link } from "../../shared/console/Link";
import { Loaded } from "../../shared/console/Loaded";
import { Page } from "../../shared/console/Page";
import { Tabs } from "../../shared/console/Tabs";
import { WorkNote } from "../../shared/console/WorkNote";
import { consoleText } from "../../shared/messages/console/text";
import { Markdown } from "../../shared/ui/Markdown";
import { Actions } from "./Actions";
import { Answers } from "./Answers";
import { api, type Release as ReleaseValue, type Releases } from "./api";
import { Exports, Lineage } from "./Lineage";
import { Report } from "./Report";
import { TONES } from "./ReleaseTable";
import { Verdicts } from "./Verdict";

const PARTS = ["overview", "answers", "gate", "lineage", "card", "export"] as const;

interface Props {
  bot: string;
  id: string;
  may: boolean;
  all: Releases | undefined;
}

/** One release: what can be done with it, and all that is known of it. */
export function Release({ bot, id, may, all }: Props) {
  const words = consoleText.releases;
  const query = useQuery({ queryKey: ["release", bot, id], queryFn: ({ signal }) => api.one(bot, id, signal) });
  const work = all?.work;
  return (
    <Page title={words.release(id)} actions={<Link to="/console/releases">{words.back}</Link>}>
      {work && <WorkNote key={work.id} bot={bot} work={work} then={["release", bot]} may={may} />}
      <Loaded query={query}>
        {(release) => (
          <>
            <Head release={release} />
            {may && <Actions bot={bot} release={release} all={all} busy={Boolean(work)} />}
            <Parts bot={bot} release={release} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Head({ release }: { release: ReleaseValue }) {
  const words = consoleText.releases;
  const { row, reason } = release;
  return (
    <>
      <p className="row">
        <Badge tone={TONES[row.state]}>{words.states[row.state]}</Badge>
        <span className="quiet-text">{dateTime(row.made)}</span>
        {row.parent && <span className="quiet-text">{`${words.columns.parent} ${row.parent}`}</span>}
      </p>
      {reason && (
        <div className="card problem" role="note">
          <strong>{row.state === "quarantined" ? words.quarantined : words.broken}</strong>
          <p>{reason}</p>
        </div>
      )}
    </>
  );
}

function Parts({ bot, release }: { bot: string; release: ReleaseValue }) {
  const words = consoleText.releases;
  const [part, setPart] = useState<(typeof PARTS)[number]>("overview");
  const contents = {
    overview: <Report bot={bot} release={release} />,
    answers: <Answers report={release.report} />,
    gate: <Verdicts verdicts={release.verdicts} />,
    lineage: <Lineage release={release} />,
    card: (
      <div className="card prose">
        <Markdown>{release.card.replace(/^---\n[\s\S]*?\n---\n/, "")}</Markdown>
      </div>
    ),
    export: <Exports release={release} />,
  };
  return (
    <Tabs
      label={words.release(release.row.id)}
      value={part}
      onChange={setPart}
      tabs={PARTS.map((key) => ({ key, label: words.tabs[key], content: contents[key] }))}
    />
  );
}
