// What the inbox asks of the server and does there. Its news come by InboxAlerts, which has these asked again.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import type { components } from "../../shared/schema";

export type InboxItem = components["schemas"]["InboxItem"];
export type InboxList = components["schemas"]["InboxList"];
export type Handover = components["schemas"]["TeamHandover"];

export const inboxKey = (bot: string) => ["inbox", bot] as const;
const listKey = (bot: string, ended: boolean) => ["inbox", bot, ended ? "ended" : "open"] as const;
const talkKey = (bot: string, id: string) => ["inbox", bot, "talk", id] as const;
/** Should the stream of news be lost, the lists are asked for now and then all the same. */
const SPARE_MS = 30_000;

export const inboxList = (bot: string, ended: boolean) => ({
  queryKey: listKey(bot, ended),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    call(client.GET("/api/console/inbox", { params: { query: { bot, ended } }, signal })),
  refetchInterval: SPARE_MS,
});

export const useInboxList = (bot: string, ended: boolean) => useQuery(inboxList(bot, ended));

export const useTalk = (bot: string, id: string) =>
  useQuery({
    queryKey: talkKey(bot, id),
    refetchInterval: SPARE_MS,
    queryFn: ({ signal }) =>
      call(client.GET("/api/console/inbox/{id}", { params: { path: { id }, query: { bot } }, signal })),
  });

/** What can be done with one conversation; the lists and the conversation are asked for again afterwards. */
export function useDesk(bot: string, id: string) {
  const queries = useQueryClient();
  const at = { params: { path: { id }, query: { bot } } };
  const after = { onSettled: () => queries.invalidateQueries({ queryKey: inboxKey(bot) }) };
  return {
    take: useMutation({
      ...after,
      mutationFn: (instead_of: string) =>
        call(client.POST("/api/console/inbox/{id}/take", { ...at, body: { instead_of } })),
    }),
    answer: useMutation({
      ...after,
      mutationFn: (said: { content: string; key: string }) =>
        call(client.POST("/api/console/inbox/{id}/answer", { ...at, body: said })),
    }),
    end: useMutation({
      ...after,
      mutationFn: (end: { how: "handed_back" | "closed"; answer: boolean }) =>
        call(client.POST("/api/console/inbox/{id}/end", { ...at, body: end })),
    }),
    note: useMutation({
      ...after,
      mutationFn: (text: string) => call(client.POST("/api/console/inbox/{id}/notes", { ...at, body: { text } })),
    }),
    unnote: useMutation({
      ...after,
      mutationFn: (note: string) =>
        call(
          client.DELETE("/api/console/inbox/{id}/notes/{note}", {
            params: { path: { id, note }, query: { bot } },
          }),
        ),
    }),
    seen: useMutation({
      mutationFn: (seq: number) => call(client.PUT("/api/console/inbox/{id}/seen", { ...at, body: { seq } })),
      onSuccess: () => queries.invalidateQueries({ queryKey: listKey(bot, false) }),
    }),
  };
}

export type Desk = ReturnType<typeof useDesk>;

/** Names one answer, so that it is said once though it is sent twice. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
