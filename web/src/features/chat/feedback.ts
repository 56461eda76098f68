import type { Feedback, Thumb } from "../../shared/api-types";

export interface FeedbackDraft {
  comment: string;
  correction: string;
}

/** What is sent for a thumb. A corrected answer belongs to a bad one only; the draft keeps it should the thumb go back. */
export function feedbackFor(thumb: Thumb | null, draft: FeedbackDraft): Feedback {
  return {
    thumb,
    comment: thumb ? draft.comment.trim() : "",
    correction: thumb === "down" ? draft.correction.trim() : "",
  };
}
