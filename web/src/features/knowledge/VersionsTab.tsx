import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Badge } from "../../shared/console/Badge";
import { Confirm } from "../../shared/console/Confirm";
import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { ago, number } from "../../shared/console/format";
import { Loaded } from "../../shared/console/Loaded";
import { Section } from "../../shared/console/Page";
import { Sheet } from "../../shared/console/Sheet";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { Differences } from "./Differences";
import { EditsList } from "./EditsList";
import { keys, knowledge, refresh, type Snapshot } from "./useKnowledge";

/** What was searched when: the difference between any two, and the way back. */
export function VersionsTab({ bot, mayEdit }: { bot: string; mayEdit: boolean }) {
  const texts = consoleText.knowledge.versions;
  const queries = useQueryClient();
  const [pair, setPair] = useState<readonly [string, string] | null>(null);
  const [back, setBack] = useState<Snapshot | null>(null);
  const list = useQuery({
    queryKey: [...keys.all(bot), "snapshots"],
    queryFn: ({ signal }) => knowledge.snapshots(bot, signal),
  });
  const current = list.data?.snapshots.find((each) => each.current);

  async function rollback(to: Snapshot): Promise<void> {
    const before = current?.id ?? null;
    const held = list.data?.held ?? null;
    await knowledge.rollback(bot, to.id, before);
    await refresh(queries, bot);
    toast(texts.rolledBack, {
      undo: async () => {
        await (held && before ? knowledge.rollback(bot, before, null) : knowledge.forward(bot));
        await refresh(queries, bot);
      },
    });
  }

  return (
    <>
      <p className="page-about">{texts.about}</p>
      <Loaded query={list}>
        {({ snapshots }) => (
          <DataTable
            caption={texts.caption}
            rows={snapshots}
            rowKey={(row) => row.id}
            current={current?.id ?? null}
            empty={<EmptyState title={texts.none} text={texts.noneText} />}
            columns={[
              {
                key: "made",
                header: texts.made,
                cell: (row) => (
                  <span className="row">
                    <span className="nowrap">{ago(row.made)}</span>
                    <span className="code">{row.id}</span>
                    {row.current && <Badge tone="good">{texts.current}</Badge>}
                  </span>
                ),
              },
              { key: "documents", header: texts.documents, numeric: true, cell: (row) => number(row.documents) },
              {
                key: "lacking",
                header: texts.lacking,
                numeric: true,
                cell: (row) => (row.lacking ? number(row.lacking) : ""),
              },
              {
                key: "do",
                header: <span className="visually-hidden">{texts.actions}</span>,
                cell: (row) => {
                  const earlier = snapshots[snapshots.indexOf(row) + 1];
                  return (
                    <span className="row">
                      {earlier && (
                        <button type="button" className="button quiet" onClick={() => setPair([earlier.id, row.id])}>
                          {texts.whatChanged}
                        </button>
                      )}
                      {!row.current && current && (
                        <button type="button" className="button quiet" onClick={() => setPair([row.id, current.id])}>
                          {texts.toNow}
                        </button>
                      )}
                      {mayEdit && !row.current && (
                        <button type="button" className="button quiet" onClick={() => setBack(row)}>
                          {texts.goBack}
                        </button>
                      )}
                    </span>
                  );
                },
              },
            ]}
          />
        )}
      </Loaded>
      <Section title={texts.edits}>
        <EditsList bot={bot} mayEdit={mayEdit} />
      </Section>
      <DifferenceSheet bot={bot} pair={pair} onClose={() => setPair(null)} />
      <Confirm
        open={back !== null}
        onOpenChange={(open) => !open && setBack(null)}
        title={texts.goBackTitle}
        text={texts.goBackText(back ? ago(back.made) : "", back?.lacking ?? 0)}
        action={texts.goBack}
        onConfirm={async () => {
          if (back) await rollback(back);
        }}
      />
    </>
  );
}

function DifferenceSheet({
  bot,
  pair,
  onClose,
}: {
  bot: string;
  pair: readonly [string, string] | null;
  onClose: () => void;
}) {
  const texts = consoleText.knowledge.versions;
  const query = useQuery({
    queryKey: [...keys.all(bot), "difference", pair],
    enabled: pair !== null,
    queryFn: ({ signal }) => knowledge.difference(bot, pair?.[0] ?? "", pair?.[1] ?? "", signal),
  });
  return (
    <Sheet
      open={pair !== null}
      onOpenChange={(open) => !open && onClose()}
      title={texts.whatChanged}
      about={pair ? texts.fromTo(pair[0], pair[1]) : undefined}
    >
      <Loaded query={query}>
        {(found) => (
          <>
            {found.documents.length === 0 && <p className="quiet-text">{texts.nothing}</p>}
            <Differences documents={found.documents} />
            {found.total > found.documents.length && (
              <p className="quiet-text">{texts.moreDocuments(found.total - found.documents.length)}</p>
            )}
          </>
        )}
      </Loaded>
    </Sheet>
  );
}
