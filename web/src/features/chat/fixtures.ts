// Messages for the tests.
import type { Message } from "../../shared/api-types";

export function message(id: string, parentId: string | null, part: Partial<Message> = {}): Message {
  return {
    id,
    parent_id: parentId,
    role: id.startsWith("q") ? "user" : "assistant",
    content: `content of ${id}`,
    created_at: "2025-06-15T10:00:00Z",
    status: "done",
    route: null,
    sources: [],
    left_out: 0,
    turn_id: null,
    release: null,
    error: null,
    mark: null,
    author: null,
    attachments: [],
    feedback: null,
    ...part,
  };
}
