import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Conversation, Feedback } from "../../shared/api-types";
import { keys } from "../../shared/queries";
import { AnswerFooter } from "./AnswerFooter";
import { feedbackFor } from "./feedback";
import { message } from "./fixtures";

const ANSWER = message("a1", "q1");
const sent: Feedback[] = [];
let failing = false;
let client: QueryClient;

/** As the page does it: the message comes from the cache. */
function Footer() {
  const { data } = useQuery<Conversation>({ queryKey: keys.conversation("c1"), enabled: false });
  const shown = data?.messages[0] ?? ANSWER;
  const actions = { retry: vi.fn(), edit: vi.fn(), choose: vi.fn(), setEditing: vi.fn() };
  return <AnswerFooter conversationId="c1" message={shown} siblings={[shown]} busy={false} actions={actions} />;
}

beforeEach(() => {
  sent.length = 0;
  failing = false;
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  vi.stubGlobal("fetch", async (request: Request) => {
    if (!request.url.endsWith("/api/messages/a1/feedback")) return new Response("{}");
    if (failing) return new Response(JSON.stringify({ error: { message: "The store is full." } }), { status: 507 });
    const body = await request.text();
    sent.push(JSON.parse(body) as Feedback);
    return new Response(body);
  });
  client = new QueryClient();
  const summary = { id: "c1", title: "", created_at: "", updated_at: "", channel: "web", pinned_at: null, found: null };
  const conversation: Conversation = { ...summary, messages: [ANSWER], handover: null, cursor: "" };
  client.setQueryData(keys.conversation("c1"), conversation);
  render(
    <QueryClientProvider client={client}>
      <Footer />
    </QueryClientProvider>,
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe("feedbackFor", () => {
  const draft = { comment: " c ", correction: " x " };
  it("sends a correction with a bad answer only, and nothing without a thumb", () => {
    expect(feedbackFor("down", draft)).toEqual({ thumb: "down", comment: "c", correction: "x" });
    expect(feedbackFor("up", draft)).toEqual({ thumb: "up", comment: "c", correction: "" });
    expect(feedbackFor(null, draft)).toEqual({ thumb: null, comment: "", correction: "" });
  });
});

describe("the feedback form", () => {
  it("counts a thumb at once and asks for a correction only when it is down", async () => {
    press("Good answer");
    await waitFor(() => expect(sent).toEqual([{ thumb: "up", comment: "", correction: "" }]));
    expect(screen.queryByLabelText(/What should the answer/)).toBeNull();
    press("Bad answer");
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(screen.getByLabelText(/What should the answer/)).toBeTruthy();
  });

  it("sends comment and correction, puts them in the cache and closes", async () => {
    press("Bad answer");
    await waitFor(() => expect(sent).toHaveLength(1));
    press("Start from the given answer");
    type(/What should the answer/, "At ten.");
    type(/Comment/, "wrong hour");
    press("Send");
    await waitFor(() => expect(screen.queryByRole("form")).toBeNull());
    const expected = { thumb: "down", comment: "wrong hour", correction: "At ten." };
    expect(sent[1]).toEqual(expected);
    expect(client.getQueryData<Conversation>(keys.conversation("c1"))?.messages[0]?.feedback).toEqual(expected);
  });

  it("keeps what was written when it could not be sent, and says why", async () => {
    failing = true;
    press("Bad answer");
    type(/Comment/, "precious words");
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("The store is full."));
    expect((screen.getByLabelText(/Comment/) as HTMLTextAreaElement).value).toBe("precious words");
    failing = false;
    press("Send");
    await waitFor(() => expect(sent).toEqual([{ thumb: "down", comment: "precious words", correction: "" }]));
  });

  it("removes a rating", async () => {
    press("Good answer");
    await waitFor(() => expect(sent).toHaveLength(1));
    press("Remove rating");
    await waitFor(() => expect(sent[1]).toEqual({ thumb: null, comment: "", correction: "" }));
  });
});
