import { useState } from "react";
import { EmptyState } from "../../shared/console/EmptyState";
import { Switch } from "../../shared/console/Field";
import { Loaded } from "../../shared/console/Loaded";
import { Section } from "../../shared/console/Page";
import { DataTable } from "../../shared/console/DataTable";
import { number, percent } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import { Ranking } from "./Ranking";
import { RaterFigures } from "./RaterFigures";
import type { Panel, Results } from "./types";
import { exportPath, useResults } from "./usePanels";
import { Means, Wins } from "./Wins";

interface Props {
  bot: string;
  panel: Panel;
  mayExport: boolean;
}

/** What the votes say so far. */
export function ResultsView({ bot, panel, mayExport }: Props) {
  const text = consoleText.panels;
  const [without, setWithout] = useState<readonly string[]>([]);
  const [keepAll, setKeepAll] = useState(false);
  const query = useResults(bot, panel.id, without, keepAll);
  return (
    <Loaded query={query}>
      {(found) =>
        found.votes === 0 ? (
          <EmptyState title={text.noVotes} text={text.noVotesText} />
        ) : (
          <>
            <div className="row">
              <p className="quiet-text">
                {text.usedOf(number(found.used), number(found.votes))} {panel.state === "open" && text.early}
              </p>
              {mayExport &&
                (["votes", "results"] as const).map((what) => (
                  <a key={what} className="button" download href={exportPath(bot, panel.id, what, without)}>
                    {what === "votes" ? text.exportVotes : text.exportResults}
                  </a>
                ))}
            </div>
            <Wins found={found} />
            <Means found={found} />
            <Ranking found={found} />
            <Agreement found={found} />
            <Section
              title={text.ratersFigures}
              actions={<Switch label={text.keepAll} checked={keepAll} onChange={setKeepAll} />}
            >
              <RaterFigures found={found} without={without} onWithout={setWithout} />
            </Section>
            <Notes found={found} />
          </>
        )
      }
    </Loaded>
  );
}

function Agreement({ found }: { found: Results }) {
  const text = consoleText.panels;
  const { value, low, high } = found.alpha;
  return (
    <Section title={text.agreeTitle}>
      {value === null ? (
        <p>{text.alphaNone}</p>
      ) : (
        <p>
          {text.alpha(number(value, 2), number(low ?? value, 2), number(high ?? value, 2))}.{" "}
          {value >= 0.67 ? text.alphaHigh : value >= 0.15 ? text.alphaUsual : text.alphaLow}
        </p>
      )}
      {found.left && <p className="quiet-text">{text.left(percent(found.left.value))}</p>}
    </Section>
  );
}

function Notes({ found }: { found: Results }) {
  const text = consoleText.panels;
  return (
    <>
      {found.notes.length > 0 && (
        <Section title={text.notes}>
          <ul className="panel-notes">
            {found.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Section>
      )}
      {found.remarks.length > 0 && (
        <Section title={text.remarks}>
          <DataTable
            caption={text.remarksTable}
            rows={found.remarks.map((remark, index) => ({ ...remark, key: String(index) }))}
            rowKey={(row) => row.key}
            columns={[
              {
                key: "comment",
                header: text.comment,
                wide: true,
                cell: (row) => <span dir="auto">{row.comment}</span>,
              },
              {
                key: "question",
                header: text.question,
                wide: true,
                cell: (row) => <span dir="auto">{row.question}</span>,
              },
              { key: "choice", header: text.preferred, cell: (row) => text.choices[row.preferred] ?? row.preferred },
              { key: "rater", header: text.rater, cell: (row) => row.rater },
            ]}
          />
        </Section>
      )}
    </>
  );
}
