import { useQuery } from "@tanstack/react-query";
import { Badge } from "../../shared/console/Badge";
import { dateTime, duration, number } from "../../shared/console/format";
import { LineChart } from "../../shared/console/LineChart";
import { Link } from "../../shared/console/Link";
import { Loaded } from "../../shared/console/Loaded";
import { Page, Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import { api } from "./api";
import { points, smoothed, type Run as RunValue } from "./curves";
import { figure, TONES } from "./RunTable";

const LIVE_MS = 2_000;

function useRun(bot: string, id: string) {
  return useQuery({
    queryKey: ["run", bot, id],
    queryFn: ({ signal }) => api.run(bot, id, signal),
    refetchInterval: ({ state }) => (state.data?.row.state === "running" ? LIVE_MS : false),
  });
}

/** One training, with all that its folder tells. */
export function Run({ bot, id }: { bot: string; id: string }) {
  const words = consoleText.training;
  const run = useRun(bot, id);
  return (
    <Page title={words.run(id)} actions={<Link to="/console/training">{words.back}</Link>}>
      <Loaded query={run}>
        {(value) => (
          <>
            <Facts run={value} />
            <Curves run={value} />
            <Samples run={value} />
            <Section title={words.recipe}>
              <dl className="facts card">
                {Object.entries(value.recipe).map(([name, setting]) => (
                  <div key={name}>
                    <dt className="code">{name}</dt>
                    <dd>{String(setting)}</dd>
                  </div>
                ))}
              </dl>
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** The curves of a training as it goes on, for the page that started it. */
export function RunCurves({ bot, id, live }: { bot: string; id: string; live: boolean }) {
  const run = useRun(bot, id);
  return (
    <Loaded query={run}>
      {(value) => (
        <>
          <Curves run={value} />
          {live && <Samples run={value} few />}
        </>
      )}
    </Loaded>
  );
}

function Facts({ run }: { run: RunValue }) {
  const words = consoleText.training;
  const { row } = run;
  return (
    <>
      {run.diverged && (
        <div className="card" role="note">
          <strong>{words.diverged(Number(run.diverged["step"] ?? row.steps))}</strong>
          <p>{String(run.diverged["why"] ?? "")}</p>
          <p className="quiet-text">{words.divergedNext}</p>
        </div>
      )}
      {row.state === "stopped" && <p className="quiet-text">{words.stoppedNote}</p>}
      <dl className="facts card">
        <Fact name={words.figures.state}>
          <Badge tone={TONES[row.state]}>{words.states[row.state]}</Badge>
        </Fact>
        <Fact name={words.figures.began}>{dateTime(row.began)}</Fact>
        <Fact name={words.figures.steps}>{`${number(row.steps)} / ${number(row.planned_steps)}`}</Fact>
        <Fact name={words.figures.time}>{row.seconds == null ? "–" : duration(row.seconds)}</Fact>
        <Fact name={words.figures.loss}>{figure(row.loss)}</Fact>
        <Fact name={words.figures.development}>{figure(row.development)}</Fact>
        <Fact name={words.figures.expected}>{figure(row.forecast)}</Fact>
        <Fact name={words.figures.release}>
          {row.release ? <Link to={`/console/releases/${row.release}`}>{row.release}</Link> : "–"}
        </Fact>
      </dl>
    </>
  );
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function Curves({ run }: { run: RunValue }) {
  const words = consoleText.training;
  const measured = points(run.step, run.development);
  const told = [
    run.eta == null ? "" : words.eta(duration(run.eta)),
    run.tokens_per_second && run.row.state === "running" ? words.speed(number(run.tokens_per_second)) : "",
  ].filter(Boolean);
  return (
    <div className="stack">
      {told.length > 0 && <p className="quiet-text">{told.join(" · ")}</p>}
      <LineChart
        title={words.loss}
        x={run.step}
        xLabel={words.step}
        lines={[
          { label: words.smoothed, values: smoothed(run.loss) },
          { label: words.raw, values: run.loss },
        ]}
      />
      {measured.length > 1 && (
        <LineChart
          title={words.development}
          x={measured.map(([step]) => step)}
          xLabel={words.step}
          lines={[{ label: words.columns.development, values: measured.map(([, value]) => value) }]}
        />
      )}
    </div>
  );
}

const FEW = 3;

function Samples({ run, few = false }: { run: RunValue; few?: boolean }) {
  const words = consoleText.training;
  const samples = [...run.samples].reverse().slice(0, few ? FEW : undefined);
  if (samples.length === 0) return null;
  return (
    <Section title={words.samples}>
      <p className="quiet-text">{words.samplesHint}</p>
      <ol className="samples" reversed>
        {samples.map((sample) => (
          <li key={sample.step}>
            <span className="quiet-text">{`${words.step} ${number(sample.step)}`}</span> {sample.text}
          </li>
        ))}
      </ol>
    </Section>
  );
}
