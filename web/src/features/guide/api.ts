// What the guide asks of the server.
import { ApiError, call, client } from "../../shared/api";
import type { components } from "../../shared/schema";

export type Guide = components["schemas"]["GuideValue"];
export type Purpose = components["schemas"]["PurposeAsked"];
export type Way = Guide["way"];

const of = (bot: string) => ({ params: { query: { bot } } });

export const guideKey = (bot: string) => ["guide", bot];

export const api = {
  state: (bot: string, signal: AbortSignal) => call(client.GET("/api/console/guide", { ...of(bot), signal })),
  purpose: (bot: string, body: Purpose) => call(client.PUT("/api/console/guide/purpose", { ...of(bot), body })),
  sample: (bot: string) => call(client.POST("/api/console/guide/sample", of(bot))),
  build: (bot: string, minutes: number, way: Way) =>
    call(client.POST("/api/console/guide/build", { ...of(bot), body: { minutes, way } })),
  remove: (bot: string, file: Guide["files"][number]) =>
    call(
      client.DELETE("/api/console/guide/files", {
        params: { query: { bot, part: file.part, name: file.name } },
      }),
    ),
  /** A file as the body; its format is found out by the server. */
  bring: (bot: string, file: File, me: string) =>
    call(
      client.POST("/api/console/guide/files", {
        params: { query: { bot, name: file.name, me } },
        body: file as never,
        bodySerializer: (body: unknown) => body as Blob,
        headers: { "content-type": "application/octet-stream" },
      }),
    ),
};

const PAUSE_MS = 700;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Brings a file when the server is free for it: it reads one at a time. */
export async function bringInTurn(bot: string, file: File, me: string): Promise<void> {
  for (;;) {
    try {
      await api.bring(bot, file, me);
      return;
    } catch (problem) {
      if (!(problem instanceof ApiError) || problem.code !== "busy") throw problem;
      await pause(PAUSE_MS);
    }
  }
}
