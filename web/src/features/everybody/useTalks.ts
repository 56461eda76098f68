// What the page of all conversations asks; its filters stand in the address, so that a selection can be linked.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import type { components, paths } from "../../shared/schema";

export type TalkSummary = components["schemas"]["TalkSummary"];
type Query = NonNullable<paths["/api/console/conversations"]["get"]["parameters"]["query"]>;
export type Filters = Omit<Query, "bot" | "cursor" | "limit">;

export const FILTERS = [
  "since",
  "until",
  "channel",
  "language",
  "route",
  "release",
  "thumb",
  "person",
  "text",
] as const;
export type Filter = (typeof FILTERS)[number];

/** Those of the address; what is no value of a filter is left to the server to refuse. */
export function filtersOf(search: URLSearchParams): Filters {
  const found: Partial<Record<Filter, string>> = {};
  for (const name of FILTERS) {
    const value = search.get(name);
    if (value) found[name] = value;
  }
  return found as Filters;
}

export const useTalks = (bot: string, filters: Filters) =>
  useInfiniteQuery({
    queryKey: ["talks", bot, filters],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      call(
        client.GET("/api/console/conversations", { params: { query: { ...filters, bot, cursor: pageParam } }, signal }),
      ),
    getNextPageParam: (page) => page.next,
  });

export const useChoices = (bot: string) =>
  useQuery({
    queryKey: ["talks", bot, "choices"],
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      call(client.GET("/api/console/conversations/choices", { params: { query: { bot } }, signal })),
  });

export const useWhole = (bot: string, id: string) =>
  useQuery({
    queryKey: ["talks", bot, "whole", id],
    queryFn: ({ signal }) =>
      call(client.GET("/api/console/conversations/{id}", { params: { path: { id }, query: { bot } }, signal })),
  });

/** Where the selection can be downloaded. */
export function exportPath(bot: string, filters: Filters): string {
  const search = new URLSearchParams({ bot });
  for (const [name, value] of Object.entries(filters)) if (value) search.set(name, value);
  return `/api/console/conversations/export?${search}`;
}
