// What people do with their own conversations beside talking. Apart from api.ts so that it is loaded with the dialogs that ask it.
import { call, client } from "./api";
import type { ConversationFile } from "./api-types";

const of = (id: string) => ({ params: { path: { id } } });

export const ownApi = {
  attachment: (id: string, place: number, signal: AbortSignal) =>
    call(client.GET("/api/messages/{id}/attachments/{place}", { params: { path: { id, place } }, signal })),
  exportFile: (id: string, format: "json" | "markdown", last: string | null) =>
    call(
      client.GET("/api/conversations/{id}/export", {
        params: { path: { id }, query: last === null ? { format } : { format, last } },
        parseAs: "blob",
      }),
    ) as Promise<unknown> as Promise<Blob>,
  importFile: (file: ConversationFile) => call(client.POST("/api/conversations/import", { body: file })),
  shares: (id: string, signal: AbortSignal) =>
    call(client.GET("/api/conversations/{id}/shares", { ...of(id), signal })),
  share: (id: string, last: string, days: number) =>
    call(client.POST("/api/conversations/{id}/shares", { ...of(id), body: { last, days } })),
  unshare: (id: string, share_id: string) =>
    call(client.DELETE("/api/conversations/{id}/shares/{share_id}", { params: { path: { id, share_id } } })),
  shared: (token: string, signal: AbortSignal) =>
    call(client.GET("/api/shared/{token}", { params: { path: { token } }, signal })),
  privacy: (signal: AbortSignal) => call(client.GET("/api/privacy", { signal })),
  consent: (granted: boolean, version: string) =>
    call(client.PUT("/api/privacy/consent", { body: { granted, version } })),
  forget: () => call(client.DELETE("/api/privacy")),
  tasks: (signal: AbortSignal) => call(client.GET("/api/staging", { signal })),
  tick: (number: number, done: boolean, note: string) =>
    call(client.PUT("/api/staging/tasks/{number}", { params: { path: { number } }, body: { done, note } })),
  leaveTest: () => call(client.DELETE("/api/staging")),
};
