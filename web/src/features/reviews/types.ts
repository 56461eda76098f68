// The names under which the review's parts speak of what the server takes and gives.
import type { components } from "../../shared/schema";

type Schemas = components["schemas"];

export type Item = Schemas["ItemValue"];
export type Said = Schemas["SaidValue"];
export type Review = Schemas["ReviewValue"];
export type Plan = Schemas["PlanValue"];
export type Decision = Schemas["OneDecision"];
export type Action = Decision["action"];
/** Which decision, and in which words; the revision is added when it is sent. */
export type Wanted = Omit<Decision, "revision">;
export type State = "waiting" | "all" | Review["state"];
export type Kind = "" | "corrected" | "disliked" | "liked" | "commented" | "flagged";
export type FeedbackKind = "" | "up" | "down" | "score" | "comment" | "correction" | "flagged";

export interface Filter {
  state: State;
  kind: Kind;
  search: string;
}

export const isWaiting = (review: Pick<Review, "state">): boolean =>
  review.state === "open" || review.state === "quarantined";
