// What the knowledge page asks the server, and what it asks again when something was changed.
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";
import { sendFile } from "../../shared/upload";

type Schemas = components["schemas"];
export type Status = Schemas["KnowledgeStatus"];
export type Document = Schemas["DocumentValue"];
export type Upload = Schemas["UploadValue"];
export type Plan = Schemas["KnowledgePlan"];
export type Changed = Schemas["ChangedValue"];
export type Piece = Schemas["PieceValue"];
export type Wanted = Schemas["WantedEdit"];
export type EditDone = Schemas["EditDone"];
export type Edit = Schemas["EditValue"];
export type Snapshot = Schemas["SnapshotValue"];
export type Found = Schemas["SearchResult"];
export type Hit = Schemas["HitValue"];
export type Order = "name" | "newest" | "passages";

export const keys = {
  all: (bot: string) => ["knowledge", bot] as const,
  status: (bot: string) => ["knowledge", bot, "status"] as const,
};

const of = (bot: string) => ({ params: { query: { bot } } });

export const knowledge = {
  status: (bot: string, signal: AbortSignal) => call(client.GET("/api/console/knowledge", { ...of(bot), signal })),
  documents: (bot: string, search: string, trouble: boolean, order: Order, limit: number, signal: AbortSignal) =>
    call(
      client.GET("/api/console/knowledge/documents", {
        params: { query: { bot, search, trouble, order, limit } },
        signal,
      }),
    ),
  document: (bot: string, name: string, limit: number, signal: AbortSignal) =>
    call(client.GET("/api/console/knowledge/document", { params: { query: { bot, name, limit } }, signal })),
  upload: (bot: string, name: string, body: Blob, onProgress: (share: number) => void, signal: AbortSignal) =>
    sendFile<Upload>({
      path: `/api/console/knowledge/uploads?${new URLSearchParams({ bot, name }).toString()}`,
      body,
      onProgress,
      signal,
    }),
  discard: (bot: string, id: string) =>
    call(client.DELETE("/api/console/knowledge/uploads/{id}", { params: { query: { bot }, path: { id } } })),
  plan: (bot: string, body: Wanted, signal?: AbortSignal) =>
    call(client.POST("/api/console/knowledge/plan", { ...of(bot), body, signal: signal ?? null })),
  edit: (bot: string, body: Wanted) => call(client.POST("/api/console/knowledge/edits", { ...of(bot), body })),
  undo: (bot: string, id: string) =>
    call(client.POST("/api/console/knowledge/edits/{id}/undo", { params: { query: { bot }, path: { id } } })),
  edits: (bot: string, signal: AbortSignal) => call(client.GET("/api/console/knowledge/edits", { ...of(bot), signal })),
  snapshots: (bot: string, signal: AbortSignal) =>
    call(client.GET("/api/console/knowledge/snapshots", { ...of(bot), signal })),
  difference: (bot: string, before: string, after: string, signal: AbortSignal) =>
    call(client.GET("/api/console/knowledge/difference", { params: { query: { bot, before, after } }, signal })),
  rollback: (bot: string, snapshot: string, current: string | null) =>
    call(client.POST("/api/console/knowledge/rollback", { ...of(bot), body: { snapshot, current } })),
  forward: (bot: string) => call(client.POST("/api/console/knowledge/forward", of(bot))),
  sync: (bot: string) => call(client.POST("/api/console/knowledge/sync", of(bot))),
  addresses: (bot: string, signal: AbortSignal) =>
    call(client.GET("/api/console/knowledge/addresses", { ...of(bot), signal })),
  addAddress: (bot: string, url: string) =>
    call(client.POST("/api/console/knowledge/addresses", { ...of(bot), body: { url } })),
  removeAddress: (bot: string, url: string) =>
    call(client.DELETE("/api/console/knowledge/addresses", { params: { query: { bot, url } } })),
  search: (bot: string, q: string, snapshot: string, answer: boolean, access: string[], signal: AbortSignal) =>
    call(
      client.GET("/api/console/knowledge/search", { params: { query: { bot, q, snapshot, answer, access } }, signal }),
    ),
};

/** Everything of the page is asked for again. */
export const refresh = (queries: QueryClient, bot: string): Promise<void> =>
  queries.invalidateQueries({ queryKey: keys.all(bot) });

/** Does an edit, says so with a way back, and has the page ask again. */
export function useEditing(bot: string): (wanted: Wanted) => Promise<EditDone> {
  const queries = useQueryClient();
  return async (wanted) => {
    const done = await knowledge.edit(bot, wanted);
    await refresh(queries, bot);
    const { edit, synced } = done;
    const texts = consoleText.knowledge.done;
    const said =
      synced.added.length + synced.changed.length + synced.removed.length === 0
        ? texts.nothing
        : texts.synced(synced.added.length, synced.changed.length, synced.removed.length);
    toast(
      said,
      edit?.kept
        ? {
            undo: async () => {
              await knowledge.undo(bot, edit.id);
              await refresh(queries, bot);
              toast(texts.undone);
            },
          }
        : {},
    );
    return done;
  };
}
