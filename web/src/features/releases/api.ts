// What the releases page asks of the server.
import { call, client } from "../../shared/api";
import type { components } from "../../shared/schema";

type Schemas = components["schemas"];
export type Releases = Schemas["ReleasesValue"];
export type ReleaseRow = Schemas["ReleaseRow"];
export type Release = Schemas["ReleaseValue"];
export type Verdict = Schemas["VerdictValue"];
export type Canary = Schemas["CanaryValue"];

const of = (bot: string) => ({ params: { query: { bot } } });
const at = (bot: string, id: string) => ({ params: { path: { id }, query: { bot } } });

export const releasesKey = (bot: string) => ["releases", bot];

export const api = {
  all: (bot: string, signal: AbortSignal) => call(client.GET("/api/console/releases", { ...of(bot), signal })),
  one: (bot: string, id: string, signal: AbortSignal) =>
    call(client.GET("/api/console/releases/{id}", { ...at(bot, id), signal })),
  rollback: (bot: string, serving: string, reason: string) =>
    call(client.POST("/api/console/releases/rollback", { ...of(bot), body: { serving, reason } })),
  evaluate: (bot: string, id: string) => call(client.POST("/api/console/releases/{id}/evaluate", at(bot, id))),
  gate: (bot: string, id: string) => call(client.POST("/api/console/releases/{id}/gate", at(bot, id))),
  promote: (bot: string, id: string, reason: string, force: boolean) =>
    call(client.POST("/api/console/releases/{id}/promote", { ...at(bot, id), body: { reason, force } })),
  canary: (bot: string, signal: AbortSignal) =>
    call(client.GET("/api/console/releases/canary", { ...of(bot), signal })),
  startCanary: (bot: string, release: string, share: number | null) =>
    call(client.POST("/api/console/releases/canary", { ...of(bot), body: { release, share } })),
  stopCanary: (bot: string, reason: string) =>
    call(client.POST("/api/console/releases/canary/stop", { ...of(bot), body: { reason } })),
  promoteCanary: (bot: string, reason: string, force: boolean) =>
    call(client.POST("/api/console/releases/canary/promote", { ...of(bot), body: { reason, force } })),
  links: (bot: string, signal: AbortSignal) =>
    call(client.GET("/api/console/releases/staging", { ...of(bot), signal })),
  invite: (bot: string, id: string, days: number, tasks: string[]) =>
    call(client.POST("/api/console/releases/{id}/staging", { ...at(bot, id), body: { days, tasks } })),
  revoke: (bot: string, link: string) =>
    call(client.DELETE("/api/console/releases/staging/{link}", { params: { path: { link }, query: { bot } } })),
};

/** Where the sealed report of a release is, a page of its own that may run nothing. */
export const reportPath = (bot: string, id: string): string =>
  `/api/console/releases/${encodeURIComponent(id)}/report.html?bot=${encodeURIComponent(bot)}`;
