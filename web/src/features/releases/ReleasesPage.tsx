import { useQuery } from "@tanstack/react-query";
import { api as session } from "../../shared/api";
import { Loaded } from "../../shared/console/Loaded";
import { Page, Section } from "../../shared/console/Page";
import { useLive } from "../../shared/console/useLive";
import { WorkNote } from "../../shared/console/WorkNote";
import { consoleText } from "../../shared/messages/console/text";
import { keys } from "../../shared/queries";
import { api, releasesKey, type Releases } from "./api";
import { CanaryPart } from "./CanaryPart";
import { History } from "./History";
import { Links } from "./Links";
import { Release } from "./Release";
import { ReleaseTable } from "./ReleaseTable";
import { Served } from "./Served";
import "./releases.css";

interface Props {
  /** What follows the page's name in the address: the id of a release. */
  rest: string;
  bot: string;
}

const LIVE_MS = 4_000;

export function ReleasesPage({ rest, bot }: Props) {
  const who = useQuery({ queryKey: keys.session, queryFn: ({ signal }) => session.session(signal) });
  const may = who.data?.scopes.includes("admin") ?? false;
  const all = useLive(releasesKey(bot), (signal) => api.all(bot, signal), LIVE_MS);
  if (rest) return <Release key={rest} bot={bot} id={decodeURIComponent(rest)} may={may} all={all.data} />;
  return (
    <Page title={consoleText.releases.title} about={consoleText.releases.about}>
      <Loaded query={all}>{(releases) => <Parts bot={bot} releases={releases} may={may} />}</Loaded>
    </Page>
  );
}

function Parts({ bot, releases, may }: { bot: string; releases: Releases; may: boolean }) {
  const words = consoleText.releases;
  return (
    <div className="stack">
      <Served bot={bot} releases={releases} may={may} />
      {releases.work && (
        <WorkNote key={releases.work.id} bot={bot} work={releases.work} then={releasesKey(bot)} may={may} />
      )}
      <ReleaseTable releases={releases} />
      <Section title={words.canary}>
        <CanaryPart bot={bot} may={may} />
      </Section>
      <Links bot={bot} may={may} />
      <Section title={words.history}>
        <History events={releases.history} />
      </Section>
    </div>
  );
}
