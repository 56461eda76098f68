import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "./App";
import { api } from "../shared/api";
import type { Session } from "../shared/api-types";

const NOBODY: Session = { name: null, role: null, scopes: [], csrf: null, visitors: false };
const ANNA: Session = { name: "anna", role: "editor", scopes: ["chat"], csrf: "token", visitors: false };
let session: Session;
let sent: { path: string; request: Request; body: string }[];
let answer: Response | undefined;
const assign = vi.fn();

beforeEach(() => {
  session = NOBODY;
  sent = [];
  answer = undefined;
  assign.mockClear();
  vi.stubGlobal("location", { pathname: "/", search: "", hash: "", origin: "http://localhost:3000", assign });
  vi.stubGlobal("fetch", async (request: Request) => {
    const path = new URL(request.url).pathname;
    sent.push({ path, request, body: await request.clone().text() });
    if (request.method !== "GET" && answer) return answer.clone();
    return new Response(JSON.stringify(path === "/api/session" ? session : {}));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(): void {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <App />
    </QueryClientProvider>,
  );
}
const fill = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

describe("the login", () => {
  it("stands in front of a bot that is not open to visitors, and asks nothing else of it", async () => {
    show();
    await screen.findByLabelText("Name");
    fill("Name", "anna");
    expect(sent.map((each) => each.path)).toEqual(["/api/session"]);
    fill("Password", "correct horse");
    press("Log in");
    await waitFor(() => expect(assign).toHaveBeenCalledWith("/"));
    expect(sent[1]?.request.method).toBe("POST");
    expect(JSON.parse(String(sent[1]?.body))).toEqual({ name: "anna", password: "correct horse" });
  });

  it("says why it did not work, and can be tried again", async () => {
    answer = new Response(JSON.stringify({ error: { message: "That does not fit." } }), { status: 401 });
    show();
    await screen.findByLabelText("Name");
    fill("Name", "anna");
    fill("Password", "wrong");
    press("Log in");
    expect((await screen.findByRole("alert")).textContent).toContain("That does not fit.");
    expect(assign).not.toHaveBeenCalled();
    expect((screen.getByRole("button", { name: "Log in" }) as HTMLButtonElement).disabled).toBe(false);
  });

  it("makes the first owner's account with the token", async () => {
    show();
    await screen.findByLabelText("Name");
    press("I have the token of the first owner");
    fill("Token", " abc ");
    fill("Name", "anna");
    fill("New password, at least 12 characters", "a few plain words");
    press("Make the account");
    await waitFor(() => expect(assign).toHaveBeenCalledWith("/"));
    expect(sent[1]?.path).toBe("/api/owner");
    expect(JSON.parse(String(sent[1]?.body))).toMatchObject({ token: "abc", name: "anna" });
  });
});

describe("writes of who is logged in", () => {
  it("carry the token, and get a new one when it is another's", async () => {
    session = ANNA;
    await api.session();
    await api.createConversation();
    const header = (n: number) => sent[n]?.request.headers.get("X-CSRF-Token") ?? undefined;
    expect(header(1)).toBe("token");
    answer = new Response(JSON.stringify({ error: { message: "No.", code: "csrf_token" } }), { status: 403 });
    session = { ...ANNA, csrf: "fresh" };
    await expect(api.createConversation()).rejects.toThrow("No.");
    expect(sent.slice(2).map((each) => each.path)).toEqual([
      "/api/conversations",
      "/api/session",
      "/api/conversations",
    ]);
    expect(header(4)).toBe("fresh");
  });
});
