// The names under which the parts of this page speak of what the server takes and gives.
import type { components } from "../../shared/schema";

type Schemas = components["schemas"];

export type Answer = Schemas["AnswerValue"];
export type Content = Schemas["ContentValue"];
export type Report = Schemas["ImportReport"];
export type Revision = Schemas["RevisionValue"];
export type Written = Schemas["NewAnswer"];

export const STATES = ["active", "expiring", "expired", "coming", "retired", "all"] as const;
export type State = (typeof STATES)[number];
export type Sort = "changed" | "question" | "text" | "expires";
export const SORTS: readonly Sort[] = ["changed", "question", "text", "expires"];

export interface Filter {
  search: string;
  state: State;
  sort: Sort;
  descending: boolean;
  offset: number;
}

export const PAGE = 50;
