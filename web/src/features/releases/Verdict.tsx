import { Badge, type Tone } from "../../shared/console/Badge";
import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { number } from "../../shared/console/format";
import { Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import type { Verdict as VerdictValue } from "./api";

const TONES: Record<string, Tone> = {
  better: "good",
  "not worse": "good",
  "no sign of harm": "good",
  worse: "bad",
  "not enough evidence": "warn",
};

/** What the gate said of a release, the newest first. */
export function Verdicts({ verdicts }: { verdicts: readonly VerdictValue[] }) {
  const words = consoleText.releases;
  if (verdicts.length === 0) return <EmptyState title={words.noVerdict} text={words.gateAbout} />;
  return verdicts.map((verdict) => <One key={verdict.against} verdict={verdict} />);
}

function One({ verdict }: { verdict: VerdictValue }) {
  const words = consoleText.releases;
  return (
    <Section
      title={words.against(verdict.against)}
      actions={
        <Badge tone={TONES[verdict.verdict] ?? "plain"}>{words.verdicts[verdict.verdict] ?? verdict.verdict}</Badge>
      }
    >
      <ul className="notes">
        {verdict.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
        {verdict.needed ? <li>{words.needed(number(verdict.needed))}</li> : null}
      </ul>
      <DataTable
        caption={words.against(verdict.against)}
        rows={verdict.rows}
        rowKey={(row) => row.title}
        columns={[
          { key: "metric", header: words.verdictColumns.metric, cell: (row) => row.title },
          { key: "current", header: words.verdictColumns.current, numeric: true, cell: (row) => row.current },
          { key: "candidate", header: words.verdictColumns.candidate, numeric: true, cell: (row) => row.candidate },
          { key: "change", header: words.verdictColumns.change, numeric: true, cell: (row) => row.change },
          { key: "interval", header: words.verdictColumns.interval, numeric: true, cell: (row) => row.interval },
          { key: "n", header: words.verdictColumns.n, numeric: true, cell: (row) => (row.n ? number(row.n) : "") },
          {
            key: "found",
            header: words.verdictColumns.found,
            cell: (row) => (
              <>
                <Badge tone={TONES[row.found] ?? "plain"}>{row.found}</Badge>
                {row.note && <span className="quiet-text"> {row.note}</span>}
              </>
            ),
          },
        ]}
      />
      {verdict.changed.length > 0 && <Changed verdict={verdict} />}
    </Section>
  );
}

function Changed({ verdict }: { verdict: VerdictValue }) {
  const words = consoleText.releases;
  return (
    <section aria-label={words.changed}>
      <h3 className="changed-head">{words.changed}</h3>
      <ol className="changed">
        {verdict.changed.map((change) => (
          <li key={change.question} className="card">
            <p className="changed-question">{change.question}</p>
            {change.expected && <p className="quiet-text">{`${words.expected}: ${change.expected}`}</p>}
            <div className="changed-sides">
              <Side name={words.servedAnswer} text={change.current} route={change.current_route} />
              <Side name={words.candidateAnswer} text={change.candidate} route={change.candidate_route} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Side({ name, text, route }: { name: string; text: string; route: string }) {
  return (
    <div>
      <p className="figure-label">
        {name} · {route}
      </p>
      <p>{text}</p>
    </div>
  );
}
