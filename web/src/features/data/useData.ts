// What the data page asks the server.
import { call, client } from "../../shared/api";
import type { components } from "../../shared/schema";
import { sendFile } from "../../shared/upload";

type Schemas = components["schemas"];
export type Built = Schemas["BuiltValue"];
export type Report = Schemas["ReportValue"];
export type Reject = Schemas["RejectValue"];
export type Row = Schemas["RowValue"];
export type Said = Schemas["DataSaidValue"];
export type DataFile = Schemas["DataFileValue"];
export type FileList = Schemas["FileList"];
export type Reading = Schemas["Reading"];
export type Preview = Schemas["PreviewValue"];
export type Sent = Schemas["SentValue"];
export type Difference = Schemas["DatasetDifference"];
export type Work = Schemas["Work"];
export type Kind = Schemas["ReasonValue"]["kind"];

export const keys = { all: (bot: string) => ["data", bot] as const };

export interface Filters {
  reason: string;
  source: string;
  search: string;
}

const of = (bot: string) => ({ params: { query: { bot } } });

export const data = {
  list: (bot: string, signal: AbortSignal) => call(client.GET("/api/console/data", { ...of(bot), signal })),
  report: (bot: string, dataset: string, signal: AbortSignal) =>
    call(client.GET("/api/console/data/report", { params: { query: { bot, dataset } }, signal })),
  rejected: (bot: string, dataset: string, filters: Filters, offset: number, limit: number, signal: AbortSignal) =>
    call(
      client.GET("/api/console/data/rejected", {
        params: { query: { bot, dataset, ...filters, offset, limit } },
        signal,
      }),
    ),
  row: (bot: string, dataset: string, id: string, signal: AbortSignal) =>
    call(client.GET("/api/console/data/row", { params: { query: { bot, dataset, id } }, signal })),
  difference: (bot: string, before: string, after: string, signal: AbortSignal) =>
    call(client.GET("/api/console/data/difference", { params: { query: { bot, before, after } }, signal })),
  files: (bot: string, signal: AbortSignal) => call(client.GET("/api/console/data/files", { ...of(bot), signal })),
  upload: (bot: string, file: File, onProgress: (share: number) => void, signal: AbortSignal) =>
    sendFile<Sent>({
      path: `/api/console/data/uploads?${new URLSearchParams({ bot, name: file.name }).toString()}`,
      body: file,
      onProgress,
      signal,
    }),
  discard: (bot: string, id: string) =>
    call(client.DELETE("/api/console/data/uploads/{id}", { params: { query: { bot }, path: { id } } })),
  preview: (bot: string, body: Reading) => call(client.POST("/api/console/data/preview", { ...of(bot), body })),
  take: (bot: string, body: Reading) => call(client.POST("/api/console/data/take", { ...of(bot), body })),
  build: (bot: string) => call(client.POST("/api/console/data/build", of(bot))),
  work: (bot: string, id: string, signal: AbortSignal) =>
    call(client.GET("/api/console/work/{id}", { params: { query: { bot }, path: { id } }, signal })),
  stop: (bot: string, id: string) =>
    call(client.POST("/api/console/work/{id}/stop", { params: { query: { bot }, path: { id } } })),
};

export const reportFile = (bot: string, dataset: string): string =>
  `/api/console/data/report.html?${new URLSearchParams({ bot, dataset }).toString()}`;
