// A conversation with many messages, as the API gives it: for tests and measurements of large ones.
const ANSWERS = [
  (i) => `Number **${i}**: the branch is open from *ten* to \`four\`. See [the hours](https://library.example/${i}).`,
  (i) =>
    `Answer ${i}.\n\n1. Bring an id.\n2. Bring a proof of address.\n   - a letter\n   - a bill\n\nThat is all it takes.`,
  (i) =>
    `| Day | Opens | Closes |\n|---|---|---|\n| ${i} | 9:00 | 19:00 |\n| Saturday | 10:00 | 16:00 |\n\n> Quiet, please.`,
  (i) =>
    `### Part ${i}\n\n\`\`\`python\ndef renew(book):\n    return book.due + timedelta(days=${i})\n\`\`\`\n\n${"Words of an answer. ".repeat(12)}`,
];

const times = { created_at: "2025-06-15T10:00:00Z", updated_at: "2025-06-15T10:00:00Z" };
const summary = { id: "big", title: "Big", ...times, channel: "web", pinned_at: null, found: null };

export function largeConversation(count) {
  const messages = Array.from({ length: count }, (_, i) => ({
    id: `m${i}`,
    parent_id: i === 0 ? null : `m${i - 1}`,
    role: i % 2 === 0 ? "user" : "assistant",
    content: i % 2 === 0 ? `number **${i}** of many` : ANSWERS[((i - 1) / 2) % ANSWERS.length](i),
    created_at: "2025-06-15T10:00:00Z",
    status: "done",
    route: i % 2 === 0 ? null : "generated",
    sources: [],
    left_out: 0,
    turn_id: null,
    release: null,
    error: null,
    mark: null,
    author: null,
    attachments: [],
    feedback: null,
  }));
  return { ...summary, messages, handover: null, cursor: "0.0" };
}
