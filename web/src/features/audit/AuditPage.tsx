import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, client } from "../../shared/api";
import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { Page } from "../../shared/console/Page";
import { Sheet } from "../../shared/console/Sheet";
import { dateTime, number } from "../../shared/console/format";
import { useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { messageOf } from "../../shared/api";
import "../../shared/styles/care.css";
import { Filters } from "./Filters";
import { Verify } from "./Verify";

type Row = components["schemas"]["AuditValue"];

export function AuditPage() {
  const text = consoleText.audit;
  const [checking, setChecking] = useState(false);
  const search = useSearch();
  const filters = {
    action: search.get("action") ?? "",
    person: search.get("person") ?? "",
    since: search.get("since") ?? "",
    until: search.get("until") ?? "",
  };
  const query = useInfiniteQuery({
    queryKey: ["audit", filters],
    queryFn: ({ signal, pageParam }) =>
      call(client.GET("/api/console/audit", { params: { query: { ...filters, before: pageParam } }, signal })),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
  });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Page
      title={text.title}
      about={text.about}
      actions={
        <>
          <button type="button" className="button primary" onClick={() => setChecking(true)}>
            {text.verify}
          </button>
          <a className="button" href="/api/console/audit/export" download>
            {text.export}
          </a>
        </>
      }
    >
      <Filters filters={filters} actions={query.data?.pages[0]?.actions ?? []} />
      {query.isError && <ErrorPanel message={messageOf(query.error)} onRetry={() => void query.refetch()} />}
      {query.isPending ? (
        <p className="loading" role="status">
          {consoleText.shell.loading}
        </p>
      ) : (
        <DataTable
          caption={text.caption}
          rows={rows}
          rowKey={(row) => String(row.number)}
          empty={<EmptyState title={text.emptyTitle} text={text.emptyText} />}
          onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          busy={query.isFetchingNextPage}
          columns={[
            { key: "number", header: text.number, numeric: true, cell: (row) => number(row.number) },
            { key: "at", header: text.at, cell: (row) => dateTime(row.at) },
            { key: "action", header: text.action, cell: (row) => <span className="code">{row.action}</span> },
            { key: "actor", header: text.actor, cell: (row) => who(row.actor, row.actor_name) },
            { key: "subject", header: text.subject, cell: (row) => who(row.subject, row.subject_name) },
            { key: "detail", header: text.detail, wide: true, cell: details },
          ]}
        />
      )}
      <Sheet open={checking} onOpenChange={setChecking} title={text.verify} about={text.verifyAbout}>
        <Verify />
      </Sheet>
    </Page>
  );
}

const details = (row: Row): string =>
  Object.entries(row.detail)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(", ");

function who(pseudonym: string, name: string) {
  const text = consoleText.audit;
  if (pseudonym === "cli") return text.cli;
  if (pseudonym === "system") return text.system;
  return name ? <strong>{name}</strong> : <span className="code">{pseudonym}</span>;
}
