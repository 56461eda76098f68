import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { Choice, Field } from "../../shared/console/Field";
import { ago, number } from "../../shared/console/format";
import { Loaded } from "../../shared/console/Loaded";
import { Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import { Talk } from "./Talk";
import { data, keys, type Built } from "./useData";

interface Props {
  bot: string;
  datasets: readonly Built[];
  chosen: Built;
}

/** What is different in a dataset from another one. */
export function ComparedTab({ bot, datasets, chosen }: Props) {
  const texts = consoleText.data.compared;
  const others = datasets.filter((each) => each.id !== chosen.id);
  const [picked, setPicked] = useState("");
  const older = datasets[datasets.indexOf(chosen) + 1] ?? others[0];
  const other = others.find((each) => each.id === picked) ?? older;
  const query = useQuery({
    queryKey: [...keys.all(bot), "difference", other?.id, chosen.id],
    enabled: other !== undefined,
    queryFn: ({ signal }) => data.difference(bot, other?.id ?? "", chosen.id, signal),
    staleTime: Infinity,
  });
  if (!other) return <EmptyState title={texts.none} text={texts.noneText} />;
  return (
    <>
      <div className="filters">
        <Field label={texts.with}>
          {(ids) => (
            <Choice
              ids={ids}
              value={other.id}
              options={others.map(
                (each) => [each.id, consoleText.data.datasetNamed(each.id, ago(each.made), each.used)] as const,
              )}
              onChange={setPicked}
            />
          )}
        </Field>
      </div>
      <Loaded query={query}>
        {(found) => (
          <>
            <p>
              {texts.counts(
                found.counts["added"] ?? 0,
                found.counts["gone"] ?? 0,
                found.counts["moved"] ?? 0,
                found.same,
              )}
            </p>
            {found.reasons.length > 0 && (
              <Section title={texts.reasons}>
                <DataTable
                  caption={texts.reasons}
                  rows={found.reasons}
                  rowKey={(row) => row.reason}
                  columns={[
                    { key: "reason", header: consoleText.data.rejected.reason, wide: true, cell: (row) => row.reason },
                    { key: "before", header: texts.before, numeric: true, cell: (row) => number(row.before) },
                    { key: "after", header: texts.after, numeric: true, cell: (row) => number(row.after) },
                  ]}
                />
              </Section>
            )}
            {(["added", "gone", "moved"] as const).map((what) => {
              const rows = found.rows[what] ?? [];
              return (
                rows.length > 0 && (
                  <Section key={what} title={texts.kinds[what]}>
                    <p className="quiet-text">{texts.first(rows.length, found.counts[what] ?? 0)}</p>
                    <ul className="rejects">
                      {rows.map((row) => (
                        <li key={row.id} className="card">
                          <Talk messages={row.messages.slice(0, 4)} />
                          <p className="quiet-text break">
                            {consoleText.data.row.about(
                              row.source,
                              row.position,
                              consoleText.data.splits[row.split as "train"],
                            )}
                          </p>
                        </li>
                      ))}
                    </ul>
                  </Section>
                )
              );
            })}
          </>
        )}
      </Loaded>
    </>
  );
}
