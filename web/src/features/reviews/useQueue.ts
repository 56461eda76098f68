// The queue as the server has it, and what is asked of it. Whatever is decided, all of it is asked for anew.
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import type { Filter, Item, Wanted } from "./types";

const PAGE = 50;
const LIVE_MS = 20_000;

export function useQueue(bot: string, { state, kind, search }: Filter) {
  const query = useInfiniteQuery({
    queryKey: ["console", bot, "reviews", "queue", state, kind, search],
    queryFn: ({ pageParam, signal }) =>
      call(
        client.GET("/api/reviews", {
          params: { query: { bot, state, kind, search, limit: PAGE, offset: pageParam } },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, all) => {
      const seen = all.reduce((sum, page) => sum + page.items.length, 0);
      return last.items.length > 0 && seen < last.total ? seen : undefined;
    },
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
    refetchIntervalInBackground: false,
  });
  const pages = query.data?.pages ?? [];
  // While somebody decides, an item may be on two pages: it is shown once.
  const items = [...new Map(pages.flatMap((page) => page.items).map((item) => [item.id, item])).values()];
  return { query, items, total: pages[pages.length - 1]?.total ?? 0 };
}

export function useTalk(bot: string, item: Item) {
  return useQuery({
    queryKey: ["console", bot, "reviews", "talk", item.id],
    queryFn: ({ signal }) =>
      call(client.GET("/api/reviews/{id}/talk", { params: { path: { id: item.id }, query: { bot } }, signal })),
    staleTime: 300_000,
    retry: false,
  });
}

/** What a decision would write; an error says why it would be refused. */
export function usePlan(bot: string, item: Item, wanted: Wanted | null) {
  return useQuery({
    queryKey: ["console", bot, "reviews", "plan", item.id, item.revision, wanted],
    queryFn: ({ signal }) =>
      call(
        client.POST("/api/reviews/{id}/plan", {
          params: { path: { id: item.id }, query: { bot } },
          body: { ...(wanted as Wanted), revision: item.revision },
          signal,
        }),
      ),
    enabled: wanted !== null,
    staleTime: 30_000,
    retry: false,
    placeholderData: keepPreviousData,
  });
}

export function useDecisions(bot: string) {
  const cache = useQueryClient();
  const query = { bot };

  async function anew(): Promise<void> {
    await cache.invalidateQueries({ queryKey: ["console", bot, "reviews"] });
    await cache.invalidateQueries({ queryKey: ["console", bot, "curated"] });
  }

  return {
    anew,
    async decide(item: Pick<Item, "id" | "revision">, wanted: Wanted) {
      const done = await call(
        client.POST("/api/reviews/{id}/decision", {
          params: { path: { id: item.id }, query },
          body: { ...wanted, revision: item.revision },
        }),
      );
      void anew();
      return done;
    },
    async decideMany(ids: readonly string[], action: "accept" | "reject", reason: string) {
      const done = await call(
        client.POST("/api/reviews/decisions", { params: { query }, body: { ids: [...ids], action, reason } }),
      );
      void anew();
      return done;
    },
    async undo(review: { id: string; revision: number }) {
      const undone = await call(
        client.POST("/api/reviews/{id}/undo", {
          params: { path: { id: review.id }, query },
          body: { revision: review.revision, reason: "" },
        }),
      );
      void anew();
      return undone;
    },
    read: (id: string) => call(client.GET("/api/reviews/{id}", { params: { path: { id }, query } })),
  };
}

export type Decisions = ReturnType<typeof useDecisions>;
