import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, client } from "../../shared/api";
import { Confirm } from "../../shared/console/Confirm";
import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { Loaded } from "../../shared/console/Loaded";
import { Pager } from "../../shared/console/Pager";
import { Sheet } from "../../shared/console/Sheet";
import { toast } from "../../shared/console/toast";
import { dateTime, number } from "../../shared/console/format";
import { consoleText } from "../../shared/messages/console/text";
import { ContentDiff } from "./ContentDiff";
import type { Revision } from "./types";
import { useChanges, useNames } from "./useCurated";

const PAGE = 50;

/** All revisions, what each changed, and the way back to any of them. */
export function History({ bot, mayCurate }: { bot: string; mayCurate: boolean }) {
  const text = consoleText.curated;
  const changes = useChanges(bot);
  const name = useNames(bot);
  const [shown, setShown] = useState<number | null>(null);
  const [back, setBack] = useState<number | null>(null);
  const query = useInfiniteQuery({
    queryKey: ["console", bot, "curated", "revisions"],
    queryFn: ({ pageParam, signal }) =>
      call(
        client.GET("/api/curated/revisions", {
          params: { query: { bot, limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) =>
      last.revisions.length === PAGE ? (last.revisions[PAGE - 1]?.number ?? undefined) : undefined,
  });
  const revisions = query.data?.pages.flatMap((page) => page.revisions) ?? [];
  const newest = revisions[0]?.number ?? 0;

  async function goBack(to: number): Promise<void> {
    const made = await changes.rollback(to, newest);
    toast(text.wentBackDone(number(to)), { undo: () => changes.rollback(newest, made.number) });
  }

  return (
    <>
      <p className="page-about">{text.historyAbout}</p>
      <Loaded query={query}>
        {() => (
          <DataTable
            caption={text.historyTable}
            rows={revisions}
            rowKey={(row) => String(row.number)}
            empty={<EmptyState title={text.historyEmptyTitle} text={text.historyEmptyText} />}
            onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
            busy={query.isFetching}
            columns={[
              { key: "number", header: text.revision, numeric: true, cell: (row) => number(row.number) },
              { key: "when", header: text.when, cell: (row) => dateTime(row.at) },
              { key: "who", header: text.who, cell: (row) => name(row.by) },
              { key: "what", header: text.what, wide: true, cell: (row) => actionOf(row) },
              { key: "answers", header: text.answers, numeric: true, cell: (row) => number(row.answers) },
              {
                key: "open",
                header: <span className="visually-hidden">{text.show}</span>,
                cell: (row) => (
                  <span className="row">
                    <button type="button" className="link-button" onClick={() => setShown(row.number)}>
                      {text.show}
                    </button>
                    {mayCurate && row.number < newest && (
                      <button type="button" className="link-button" onClick={() => setBack(row.number)}>
                        {text.goBack}
                      </button>
                    )}
                  </span>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      <Sheet
        open={shown !== null}
        onOpenChange={(open) => {
          if (!open) setShown(null);
        }}
        title={text.differenceTitle(number(shown ?? 0))}
      >
        {shown !== null && <Difference bot={bot} since={shown - 1} to={shown} />}
      </Sheet>
      <Confirm
        open={back !== null}
        onOpenChange={(open) => {
          if (!open) setBack(null);
        }}
        title={text.goBackTitle(number(back ?? 0))}
        text={back !== null && <Difference bot={bot} since={newest} to={back} />}
        action={text.goBack}
        onConfirm={() => (back === null ? Promise.resolve() : goBack(back))}
      />
    </>
  );
}

function actionOf(row: Revision): string {
  const text = consoleText.curated;
  const to = /^rollback to (\d+)$/.exec(row.action)?.[1];
  return to ? text.wentBack(number(Number(to))) : (text.actions[row.action] ?? row.action);
}

/** What is different from one revision to another, a page of it at a time. */
function Difference({ bot, since, to }: { bot: string; since: number; to: number }) {
  const text = consoleText.curated;
  const [offset, setOffset] = useState(0);
  const query = useQuery({
    queryKey: ["console", bot, "curated", "difference", since, to, offset],
    queryFn: ({ signal }) =>
      call(
        client.GET("/api/curated/revisions/{number}", {
          params: { path: { number: to }, query: { bot, since, limit: PAGE, offset } },
          signal,
        }),
      ),
  });
  return (
    <Loaded query={query}>
      {(data) => (
        <div className="stack">
          <p className="quiet-text">{text.differenceAbout(data.total)}</p>
          <ul className="curated-due">
            {data.answers.map((each) => (
              <li key={each.id}>
                <ContentDiff before={each.before} after={each.after} />
              </li>
            ))}
          </ul>
          <Pager offset={offset} size={PAGE} total={data.total} onChange={setOffset} />
        </div>
      )}
    </Loaded>
  );
}
