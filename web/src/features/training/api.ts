// What the training page asks of the server.
import { call, client } from "../../shared/api";
import type { components } from "../../shared/schema";

export type Training = components["schemas"]["TrainingValue"];
export type Asked = components["schemas"]["TrainingAsked"];
export type How = Training["ways"][number];

const of = (bot: string) => ({ params: { query: { bot } } });

export const trainingKey = (bot: string) => ["training", bot];

export const api = {
  state: (bot: string, signal: AbortSignal) => call(client.GET("/api/console/training", { ...of(bot), signal })),
  plan: (bot: string, body: Asked) => call(client.POST("/api/console/training/plan", { ...of(bot), body })),
  start: (bot: string, body: Asked) => call(client.POST("/api/console/training/start", { ...of(bot), body })),
  improvePlan: (bot: string) => call(client.POST("/api/console/training/improve/plan", of(bot))),
  improve: (bot: string, promote: boolean) =>
    call(client.POST("/api/console/training/improve", { ...of(bot), body: { minutes: 0, promote } })),
  run: (bot: string, id: string, signal: AbortSignal) =>
    call(client.GET("/api/console/training/runs/{id}", { params: { path: { id }, query: { bot } }, signal })),
  compare: (bot: string, run: string[], signal: AbortSignal) =>
    call(client.GET("/api/console/training/compare", { params: { query: { bot, run } }, signal })),
};
