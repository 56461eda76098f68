import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "../shared/api";
import { connection } from "../shared/connection";
import { keys } from "../shared/queries";
import type { tabs } from "../shared/tabs";

const isTemporary = (error: Error): boolean => error instanceof ApiError && (error.status === 0 || error.status >= 500);

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      // "always": whether there is a network says nothing about a server on this machine; see shared/connection.
      queries: {
        networkMode: "always",
        staleTime: 5_000,
        retry: (failures, error) => failures < 2 && isTemporary(error),
      },
      mutations: { networkMode: "always" },
    },
  });
  connection.subscribe(() => {
    if (connection.isReachable()) void client.invalidateQueries();
  });
  return client;
}

/** What another tab did is asked for again here. */
export function listenToTabs(client: QueryClient): Parameters<typeof tabs.listen>[0] {
  return (news) => {
    void client.invalidateQueries({ queryKey: keys.conversations });
    if (news.what === "conversation") void client.invalidateQueries({ queryKey: keys.conversation(news.id) });
  };
}
