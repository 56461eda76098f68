// Panels as the server has them, and what is asked of it.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import { useLive } from "../../shared/console/useLive";
import type { NewPanel } from "./types";

const LIVE_MS = 4_000;

export const usePanels = (bot: string) =>
  useLive(
    ["console", bot, "panels", "all"],
    (signal) => call(client.GET("/api/console/panels", { params: { query: { bot } }, signal })),
    LIVE_MS,
  );

export const usePanel = (bot: string, id: string) =>
  useLive(
    ["console", bot, "panels", id],
    (signal) => call(client.GET("/api/console/panels/{id}", { params: { path: { id }, query: { bot } }, signal })),
    LIVE_MS,
  );

export const useChoices = (bot: string) =>
  useQuery({
    queryKey: ["console", bot, "panels", "choices"],
    queryFn: ({ signal }) => call(client.GET("/api/console/panels/choices", { params: { query: { bot } }, signal })),
  });

export const useResults = (bot: string, id: string, without: readonly string[], keepAll: boolean) =>
  useLive(
    ["console", bot, "panels", id, "results", without, keepAll],
    (signal) =>
      call(
        client.GET("/api/console/panels/{id}/results", {
          params: { path: { id }, query: { bot, without: [...without], keep_all: keepAll } },
          signal,
        }),
      ),
    20_000,
  );

export function usePanelChanges(bot: string) {
  const cache = useQueryClient();
  const query = { bot };
  const at = (id: string) => ({ params: { path: { id }, query } });

  /** What comes of it, once the pages know of it. */
  async function then<T>(asked: Promise<T>): Promise<T> {
    const done = await asked;
    await cache.invalidateQueries({ queryKey: ["console", bot, "panels"] });
    return done;
  }

  return {
    make: (body: NewPanel) => then(call(client.POST("/api/console/panels", { params: { query }, body }))),
    endMaking: (id: string) => then(call(client.DELETE("/api/console/panels/making/{id}", at(id)))),
    invite: (id: string, names: readonly string[], days: number) =>
      then(call(client.POST("/api/console/panels/{id}/raters", { ...at(id), body: { names: [...names], days } }))),
    revoke: (id: string, rater: string) =>
      then(call(client.DELETE("/api/console/panels/{id}/raters/{rater}", { params: { path: { id, rater }, query } }))),
    close: (id: string) => then(call(client.POST("/api/console/panels/{id}/close", at(id)))),
    remove: (id: string) => then(call(client.DELETE("/api/console/panels/{id}", at(id)))),
  };
}

export const exportPath = (bot: string, id: string, what: "votes" | "results", without: readonly string[]): string => {
  const query = new URLSearchParams([["bot", bot], ["what", what], ...without.map((each) => ["without", each])]);
  return `/api/console/panels/${encodeURIComponent(id)}/export?${query.toString()}`;
};
