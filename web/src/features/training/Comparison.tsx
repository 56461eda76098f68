import { useQuery } from "@tanstack/react-query";
import { DataTable } from "../../shared/console/DataTable";
import { dateTime, duration, number } from "../../shared/console/format";
import { LineChart } from "../../shared/console/LineChart";
import { Link } from "../../shared/console/Link";
import { Loaded } from "../../shared/console/Loaded";
import { Page, Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import { api } from "./api";
import { onto, points, smoothed, type Run } from "./curves";
import { figure } from "./RunTable";

/** Trainings side by side: curves over each other, what their recipes differ in, what they came to. */
export function Comparison({ bot, ids }: { bot: string; ids: string[] }) {
  const words = consoleText.training;
  const query = useQuery({
    queryKey: ["runs", bot, ids],
    queryFn: ({ signal }) => api.compare(bot, ids, signal),
  });
  return (
    <Page title={words.compared} actions={<Link to="/console/training">{words.back}</Link>}>
      <Loaded query={query}>
        {({ runs, different }) => (
          <>
            <div className="stack">
              <Together title={words.development} runs={runs} of={(run) => points(run.step, run.development)} />
              <Together title={words.loss} runs={runs} of={(run) => points(run.step, smoothed(run.loss))} />
            </div>
            <Section title={words.outcome}>
              <Outcomes runs={runs} />
            </Section>
            <Section title={words.different}>
              <Differences runs={runs} different={different} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface TogetherProps {
  title: string;
  runs: readonly Run[];
  of: (run: Run) => readonly (readonly [number, number])[];
}

function Together({ title, runs, of }: TogetherProps) {
  const { x, values } = onto(runs.map(of));
  return (
    <LineChart
      title={title}
      x={x}
      xLabel={consoleText.training.step}
      lines={runs.map((run, index) => ({ label: run.row.id, values: values[index] ?? [] }))}
    />
  );
}

function Outcomes({ runs }: { runs: readonly Run[] }) {
  const words = consoleText.training;
  return (
    <DataTable
      caption={words.outcome}
      rows={runs}
      rowKey={(run) => run.row.id}
      columns={[
        {
          key: "run",
          header: words.columns.run,
          cell: ({ row }) => <Link to={`/console/training/${row.id}`}>{row.id}</Link>,
        },
        { key: "state", header: words.columns.state, cell: ({ row }) => words.states[row.state] },
        { key: "began", header: words.columns.began, cell: ({ row }) => dateTime(row.began) },
        { key: "method", header: words.columns.method, cell: ({ row }) => row.method },
        { key: "size", header: words.columns.size, numeric: true, cell: ({ row }) => number(row.parameters) },
        { key: "steps", header: words.columns.steps, numeric: true, cell: ({ row }) => number(row.steps) },
        {
          key: "time",
          header: words.columns.time,
          numeric: true,
          cell: ({ row }) => (row.seconds == null ? "–" : duration(row.seconds)),
        },
        {
          key: "development",
          header: words.columns.development,
          numeric: true,
          cell: ({ row }) => figure(row.development),
        },
      ]}
    />
  );
}

function Differences({ runs, different }: { runs: readonly Run[]; different: Record<string, unknown[]> }) {
  const words = consoleText.training;
  return (
    <DataTable
      caption={words.different}
      rows={Object.entries(different)}
      rowKey={([name]) => name}
      empty={<p>{words.same}</p>}
      columns={[
        { key: "setting", header: words.setting, cell: ([name]) => <span className="code">{name}</span> },
        ...runs.map((run, index) => ({
          key: run.row.id,
          header: run.row.id,
          cell: ([, values]: [string, unknown[]]) => (values[index] == null ? "–" : String(values[index])),
        })),
      ]}
    />
  );
}
