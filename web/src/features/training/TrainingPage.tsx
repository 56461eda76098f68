import { useQuery } from "@tanstack/react-query";
import { api as session } from "../../shared/api";
import { Link } from "../../shared/console/Link";
import { Loaded } from "../../shared/console/Loaded";
import { Page, Section } from "../../shared/console/Page";
import { useLive } from "../../shared/console/useLive";
import { WorkNote } from "../../shared/console/WorkNote";
import { consoleText } from "../../shared/messages/console/text";
import { keys } from "../../shared/queries";
import { api, trainingKey, type Training } from "./api";
import { Comparison } from "./Comparison";
import { Improve } from "./Improve";
import { Outcome } from "./Outcome";
import { Run, RunCurves } from "./Run";
import { RunTable } from "./RunTable";
import { StartForm } from "./StartForm";

interface Props {
  /** What follows the page's name in the address. */
  rest: string;
  bot: string;
}

/** What of the state must be seen soon: a training that goes on. */
const LIVE_MS = 3_000;

export function TrainingPage({ rest, bot }: Props) {
  if (rest.startsWith("compare/"))
    return <Comparison bot={bot} ids={decodeURIComponent(rest.slice("compare/".length)).split(",")} />;
  if (rest) return <Run bot={bot} id={decodeURIComponent(rest)} />;
  return <All bot={bot} />;
}

function All({ bot }: { bot: string }) {
  const state = useLive(trainingKey(bot), (signal) => api.state(bot, signal), LIVE_MS);
  const who = useQuery({ queryKey: keys.session, queryFn: ({ signal }) => session.session(signal) });
  const may = who.data?.scopes.includes("admin") ?? false;
  return (
    <Page title={consoleText.training.title} about={consoleText.training.about}>
      <Loaded query={state}>{(training) => <Parts bot={bot} training={training} may={may} />}</Loaded>
    </Page>
  );
}

function Parts({ bot, training, may }: { bot: string; training: Training; may: boolean }) {
  const words = consoleText.training;
  const key = trainingKey(bot);
  const { work, last } = training;
  const shown = work ?? last;
  return (
    <>
      {!training.can && (
        <div className="card" role="note">
          <strong>{words.cannot}</strong>
          <p>{training.why}</p>
          {training.next_step && <p className="code">{training.next_step}</p>}
        </div>
      )}
      {(shown || training.running) && (
        <Section title={words.now}>
          <div className="stack">
            {shown && (
              <WorkNote key={shown.id} bot={bot} work={shown} then={key} may={may}>
                {(done) => <Outcome work={done} />}
              </WorkNote>
            )}
            {training.running && <RunCurves bot={bot} id={training.running} live />}
          </div>
        </Section>
      )}
      {may && training.can && <StartForm key={training.kind} bot={bot} training={training} />}
      <Section title={words.runs}>
        <RunTable bot={bot} runs={training.runs} />
      </Section>
      <Improve bot={bot} training={training} may={may} />
      <p className="quiet-text">
        <Link to="/console/releases">{consoleText.releases.title}</Link>
      </p>
    </>
  );
}
