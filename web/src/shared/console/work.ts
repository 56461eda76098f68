// Work of the server that takes longer than a request: training, evaluating, reading files.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { call, client } from "../api";
import type { components } from "../schema";

export type Work = components["schemas"]["Work"];

const at = (bot: string, id: string) => ({ params: { path: { id }, query: { bot } } });

export const stopWork = (bot: string, id: string) => call(client.POST("/api/console/work/{id}/stop", at(bot, id)));
export const workAgain = (bot: string, id: string) => call(client.POST("/api/console/work/{id}/again", at(bot, id)));

const EVERY_MS = 1_000;

/** How a piece of work stands, asked for as long as it runs. When it ends, everything under `then` is asked for anew. */
export function useWork(bot: string, first: Work, then: readonly string[]): Work {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ["work", bot, first.id],
    queryFn: ({ signal }) => call(client.GET("/api/console/work/{id}", { ...at(bot, first.id), signal })),
    initialData: first,
    refetchInterval: ({ state }) => (state.data?.state === "running" ? EVERY_MS : false),
  });
  const work = query.data;
  const before = useRef(work.state);
  const key = JSON.stringify(then);
  useEffect(() => {
    if (before.current === "running" && work.state !== "running")
      void queries.invalidateQueries({ queryKey: JSON.parse(key) as string[] });
    before.current = work.state;
  }, [work.state, key, queries]);
  return work;
}
