import { useQuery } from "@tanstack/react-query";
import { DataTable } from "../../shared/console/DataTable";
import { number, percent } from "../../shared/console/format";
import { Link } from "../../shared/console/Link";
import { Loaded } from "../../shared/console/Loaded";
import { Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import { Bars } from "./Bars";
import { data, keys, reportFile, type Built, type Report } from "./useData";

/** A dataset in figures: what became of every row, and what was hidden. */
export function ReportTab({ bot, dataset }: { bot: string; dataset: Built }) {
  const query = useQuery({
    queryKey: [...keys.all(bot), "report", dataset.id],
    queryFn: ({ signal }) => data.report(bot, dataset.id, signal),
    staleTime: Infinity, // a dataset is never changed
  });
  return <Loaded query={query}>{(report) => <Whole bot={bot} report={report} />}</Loaded>;
}

function Whole({ bot, report }: { bot: string; report: Report }) {
  const texts = consoleText.data.report;
  const rejected = report.reasons.reduce((sum, each) => sum + each.rows, 0);
  const leaking = Object.values(report.leaking).reduce((sum, each) => sum + each, 0);
  const figures: [string, number, string][] = [
    [texts.read, report.read, ""],
    [texts.train, report.train, texts.trainHint],
    [texts.dev, report.dev, texts.devHint],
    [texts.test, report.test, texts.testHint],
    [texts.rejected, rejected, report.read ? percent(rejected / report.read, 1) : ""],
    [texts.leaking, leaking, texts.leakingHint],
  ];
  return (
    <>
      {report.warnings.length > 0 && (
        <ul className="warnings">
          {report.warnings.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      <div className="cards">
        {figures.map(([label, value, hint]) => (
          <div key={label} className="card">
            <p className="figure-label">{label}</p>
            <p className="figure-value">{number(value)}</p>
            {hint && <p className="quiet-text">{hint}</p>}
          </div>
        ))}
      </div>
      <Section
        title={texts.reasons}
        actions={
          <a className="button quiet" href={reportFile(bot, report.id)} download>
            {texts.download}
          </a>
        }
      >
        {report.reasons.length === 0 ? (
          <p className="quiet-text">{texts.noneRejected}</p>
        ) : (
          <Bars
            of={report.read}
            rows={report.reasons.map((each) => ({
              key: each.reason,
              label: <Link to={toReason(each.reason)}>{each.reason}</Link>,
              value: each.rows,
              note: consoleText.data.kinds[each.kind].why,
            }))}
          />
        )}
      </Section>
      <Section title={texts.hidden}>
        <p className="quiet-text">{report.hidden === null ? texts.hiddenOff : texts.hiddenAbout}</p>
        {report.hidden && report.hidden.length > 0 && (
          <Bars
            of={report.hidden.reduce((sum, each) => sum + each.count, 0)}
            rows={report.hidden.map((each) => ({
              key: each.type,
              label: `<${each.type}>`,
              value: each.count,
              examples: each.examples,
            }))}
          />
        )}
      </Section>
      <section className="section">
        <header className="section-head">
          <h2>{texts.sources}</h2>
        </header>
        <DataTable
          caption={texts.sources}
          rows={report.sources}
          rowKey={(row) => row.name}
          columns={[
            { key: "name", header: texts.file, wide: true, cell: (row) => <span className="break">{row.name}</span> },
            { key: "format", header: texts.format, cell: (row) => row.format },
            ...(["train", "dev", "test", "rejected"] as const).map((split) => ({
              key: split,
              header: texts[split],
              numeric: true,
              cell: (row: Report["sources"][number]) => number(row[split]),
            })),
            { key: "languages", header: texts.languages, cell: (row) => languages(row.languages) },
          ]}
        />
      </section>
      {report.clusters.length > 0 && (
        <Section title={texts.clusters}>
          <p className="quiet-text">{texts.clustersAbout}</p>
          <Bars
            of={report.read}
            rows={report.clusters.map((each, index) => ({
              key: String(index),
              label: each.kept.join(" | "),
              value: each.rows,
              examples: each.alike.map((row) => `${percent(row.likeness)}: ${row.said.join(" | ")}`),
            }))}
          />
        </Section>
      )}
      {report.topics.length > 0 && (
        <Section title={texts.topics}>
          <p className="quiet-text">{texts.sampled(report.sampled)}</p>
          <Bars
            of={report.sampled}
            rows={report.topics.map((each) => ({
              key: each.name,
              label: each.name,
              value: each.rows,
              examples: each.examples,
            }))}
          />
        </Section>
      )}
      {report.groups.length > 0 && (
        <Section title={texts.groups}>
          <Bars
            of={report.sampled}
            rows={report.groups.map((each) => ({
              key: each.name,
              label: each.name,
              value: each.rows,
              examples: each.examples,
            }))}
          />
        </Section>
      )}
    </>
  );
}

const languages = (found: Record<string, number>): string =>
  Object.keys(found)
    .filter((code) => code !== "")
    .slice(0, 4)
    .join(", ");

function toReason(reason: string): string {
  const search = new URLSearchParams(window.location.search);
  search.set("reason", reason);
  return `/console/data/rejected?${search.toString()}`;
}
