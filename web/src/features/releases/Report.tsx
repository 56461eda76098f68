import { useState } from "react";
import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { number, percent } from "../../shared/console/format";
import { Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import { reportPath, type Release } from "./api";
import { figures, isJson, numberAt, part } from "./figures";

/** The sealed report: figures first, then by topic, then the whole page in a frame that may run nothing. */
export function Report({ bot, release }: { bot: string; release: Release }) {
  const words = consoleText.releases;
  const [whole, setWhole] = useState(false);
  if (!release.report) return <EmptyState title={words.noReport} text={words.noReportText} />;
  const warnings = part(release.report, "warnings");
  return (
    <>
      <div className="cards">
        {figures(release.report).map((figure) => (
          <div className="card" key={figure.key}>
            <p className="figure-label">{words.figures[figure.key]}</p>
            <p className="figure-value">{figure.value}</p>
            <p className="quiet-text">
              {[
                figure.of ? words.of(number(figure.of[0]), number(figure.of[1])) : "",
                figure.between ? words.between(...figure.between) : "",
              ]
                .filter(Boolean)
                .join(", ")}
            </p>
          </div>
        ))}
      </div>
      {Array.isArray(warnings) && warnings.length > 0 && (
        <Section title={words.warnings}>
          <ul className="notes">
            {warnings.map(String).map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Section>
      )}
      <Topics report={release.report} />
      {release.has_page && (
        <details className="whole-report" onToggle={(event) => setWhole(event.currentTarget.open)}>
          <summary>{words.openReport}</summary>
          {whole && (
            <iframe
              title={words.reportFrame}
              src={reportPath(bot, release.row.id)}
              sandbox=""
              className="report-frame"
              referrerPolicy="no-referrer"
            />
          )}
        </details>
      )}
    </>
  );
}

function Topics({ report }: { report: unknown }) {
  const words = consoleText.releases;
  const topics = part(report, "cases", "by_topic");
  if (!isJson(topics)) return null;
  const rows = Object.entries(topics)
    .map(([topic, values]) => ({ topic, share: numberAt(values, "share"), n: numberAt(values, "n") ?? 0 }))
    .sort((a, b) => (a.share ?? 1) - (b.share ?? 1));
  return (
    <Section title={words.topics}>
      <DataTable
        caption={words.topics}
        rows={rows}
        rowKey={(row) => row.topic}
        columns={[
          { key: "topic", header: words.topicColumns.topic, wide: true, cell: (row) => row.topic },
          {
            key: "right",
            header: words.topicColumns.right,
            numeric: true,
            cell: (row) => (row.share === null ? "–" : percent(row.share)),
          },
          { key: "n", header: words.topicColumns.n, numeric: true, cell: (row) => number(row.n) },
        ]}
      />
    </Section>
  );
}
