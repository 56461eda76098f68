import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { messageOf } from "../api";
import { consoleText } from "../messages/console/text";
import { ErrorPanel } from "../ui/ErrorPanel";

interface Props<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}

/** What a query brought; before that, that it is on its way; or why not. What was there stays when asking again fails. */
export function Loaded<T>({ query, children }: Props<T>) {
  const failed = query.isError && <ErrorPanel message={messageOf(query.error)} onRetry={() => void query.refetch()} />;
  if (query.data !== undefined)
    return (
      <>
        {failed}
        {children(query.data)}
      </>
    );
  if (failed)
    return (
      <ErrorPanel
        title={consoleText.shell.failed}
        message={messageOf(query.error)}
        onRetry={() => void query.refetch()}
      />
    );
  return (
    <p className="loading" role="status">
      {consoleText.shell.loading}
    </p>
  );
}
