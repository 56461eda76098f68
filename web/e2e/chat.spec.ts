import { expect, test } from "@playwright/test";
import { answers, ask, askAndWait, composer, ended, lastAnswer, open, questions, stopButton, textOf } from "./page";

const SLOW = Array.from({ length: 80 }, (_, i) => `w${i + 1}`).join(" ");

test("greets, says what it is, and a suggested question can be asked", async ({ page }) => {
  await open(page);
  await expect(page.getByRole("heading", { name: /Good to see you/ })).toBeVisible();
  await expect(page.getByText("Ada is an automated assistant.")).toBeVisible();
  await page.getByRole("button", { name: "When are you open on Saturday?" }).click();
  await ended(page);
  // Markdown comes right after the first load: a first answer may be there before it, as plain text.
  await expect(lastAnswer(page)).toContainText("from 10 to 4 on Saturdays");
  await expect(lastAnswer(page).getByText("Reviewed", { exact: true })).toBeVisible();
});

test("sends and streams, and puts the conversation into the list and the address", async ({ page }) => {
  await open(page);
  await ask(page, "slow please");
  await expect(stopButton(page)).toBeVisible();
  await expect(lastAnswer(page)).toContainText("w3");
  const early = await textOf(lastAnswer(page));
  expect(early).not.toContain("w80");
  expect(await ended(page)).toBe(SLOW);
  await expect(page).toHaveURL(/\/c\//);
  await expect(page.getByRole("link", { name: "slow please" })).toHaveAttribute("aria-current", "page");
  await expect(page).toHaveTitle("slow please · Riverside Library");
  await expect(composer(page)).toBeFocused();
});

test("a stream never takes back what it has shown", async ({ page }) => {
  await open(page);
  await ask(page, "slow please");
  await expect(lastAnswer(page)).toContainText("w2");
  await page.evaluate(() => {
    const state = window as unknown as { shrunk: number };
    state.shrunk = 0;
    let length = 0;
    new MutationObserver(() => {
      const now = document.querySelector("article.from-assistant .prose")?.textContent?.length ?? 0;
      if (now < length) state.shrunk++;
      length = now;
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await ended(page);
  expect(await page.evaluate(() => (window as unknown as { shrunk: number }).shrunk)).toBe(0);
});

test("stops by button and by Escape", async ({ page }) => {
  await open(page);
  for (const how of ["button", "Escape"]) {
    await ask(page, `slow by ${how}`);
    await expect(lastAnswer(page)).toContainText("w2");
    if (how === "button") await stopButton(page).click();
    else await page.keyboard.press("Escape");
    await expect(lastAnswer(page).getByText("Stopped.")).toBeVisible();
    expect(await ended(page)).not.toContain("w80");
  }
});

test("answers again and switches between the versions", async ({ page }) => {
  await open(page);
  await askAndWait(page, "Hello there");
  await lastAnswer(page).getByRole("button", { name: "Answer again" }).click();
  await expect(lastAnswer(page).getByText("2/2")).toBeVisible();
  await ended(page);
  await lastAnswer(page).getByRole("button", { name: "Answer again" }).click();
  await expect(lastAnswer(page).getByText("3/3")).toBeVisible();
  await expect(answers(page)).toHaveCount(1);
  await ended(page);
  await lastAnswer(page).getByRole("button", { name: "Previous version" }).click();
  await expect(lastAnswer(page).getByText("2/3")).toBeVisible();
  await expect(lastAnswer(page).getByRole("button", { name: "Previous version" })).toBeFocused();
  await askAndWait(page, "And on this branch?");
  await answers(page).first().getByRole("button", { name: "Next version" }).click();
  await expect(questions(page)).toHaveCount(1);
  await page.reload();
  await expect(lastAnswer(page).getByText("3/3")).toBeVisible();
  await lastAnswer(page).getByRole("button", { name: "Previous version" }).click();
  await expect(questions(page)).toHaveCount(2);
});

test("edits a question into a new branch", async ({ page }) => {
  await open(page);
  await askAndWait(page, "First wording");
  await questions(page).first().hover();
  await questions(page).first().getByRole("button", { name: "Edit" }).click();
  const box = page.getByLabel("Edit your message");
  await expect(box).toBeFocused();
  await box.press("Escape");
  await expect(questions(page).first().getByRole("button", { name: "Edit" })).toBeFocused();
  await composer(page).press("ArrowUp");
  await box.fill("Second wording");
  await box.press("Enter");
  expect(await ended(page)).toContain("Second wording");
  await expect(questions(page)).toHaveCount(1);
  await questions(page).first().getByRole("button", { name: "Previous version" }).click();
  await expect(questions(page).first()).toContainText("First wording");
  expect(await textOf(lastAnswer(page))).toContain("First wording");
});

test("copies an answer", async ({ page }) => {
  await open(page);
  await askAndWait(page, "Hello there");
  await lastAnswer(page).getByRole("button", { name: "Copy" }).click();
  await expect(lastAnswer(page).getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("**10 to 4**");
});

test("takes a thumb, a comment and a corrected answer", async ({ page }) => {
  await open(page);
  await askAndWait(page, "Hello there");
  await lastAnswer(page).getByRole("button", { name: "Good answer" }).click();
  await expect(page.getByText("What was good about it?")).toBeVisible();
  await lastAnswer(page).getByRole("button", { name: "Bad answer" }).click();
  await page.getByLabel(/Comment/).fill("not quite");
  await page.getByRole("button", { name: "Start from the given answer" }).click();
  await page.getByLabel(/What should the answer/).fill("We open at ten.");
  await lastAnswer(page).getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("Thank you. Your feedback was sent.")).toBeAttached();
  await expect(lastAnswer(page).getByRole("button", { name: "Bad answer" })).toBeFocused();
  await page.reload();
  await expect(lastAnswer(page).getByRole("button", { name: "Bad answer" })).toHaveAttribute("aria-pressed", "true");
  await lastAnswer(page).getByRole("button", { name: "Bad answer" }).click();
  await expect(page.getByLabel(/What should the answer/)).toHaveValue("We open at ten.");
  await expect(page.getByLabel(/Comment/)).toHaveValue("not quite");
});

test("shows quietly how an answer came about", async ({ page }) => {
  await open(page);
  await askAndWait(page, "Football results?");
  await expect(lastAnswer(page).getByText("Refused", { exact: true })).toBeVisible();
  await askAndWait(page, "How do I get a library card?");
  await expect(lastAnswer(page).getByText("The oldest 4 messages were not shown to the model.")).toBeVisible();
  await lastAnswer(page).getByText("2 sources").click();
  const source = lastAnswer(page).getByRole("link", { name: /Membership/ });
  await expect(source).toContainText("(library.example)");
  await expect(source).toHaveAttribute("rel", /noopener/);
  await expect(lastAnswer(page).getByText("Bring an id and a proof of address.")).toBeVisible();
});

test.describe("when something fails", () => {
  test("a question that was not sent stays, and can be sent again", async ({ page, request }) => {
    await open(page);
    await request.post("/__test/fail");
    await ask(page, "Hello there");
    await expect(page.getByRole("alert")).toContainText("The model is starting.");
    await page.getByRole("button", { name: "Try again" }).click();
    expect(await ended(page)).toContain("Hello there");
    await expect(questions(page)).toHaveCount(1);
    await expect(page.getByRole("navigation").getByRole("listitem")).toHaveCount(1);
    await request.post("/__test/fail");
    await ask(page, "Another one");
    await page.getByRole("button", { name: "Put it back into the message box" }).click();
    await expect(composer(page)).toHaveValue("Another one");
  });

  test("a failed answer keeps what came, says why and can be asked again", async ({ page }) => {
    await open(page);
    await askAndWait(page, "break it");
    await expect(lastAnswer(page)).toContainText("Half an ans");
    await expect(lastAnswer(page)).toContainText("The model stopped. Try again.");
    await expect(lastAnswer(page).getByRole("button", { name: "Answer again" })).toBeEnabled();
  });

  test("a conversation that does not exist says so", async ({ page }) => {
    await page.goto("/c/0199a000-0000-7000-8000-ffffffffffff");
    await expect(page.getByText("This conversation does not exist")).toBeVisible();
    await page.getByRole("alert").getByRole("button", { name: "New conversation" }).click();
    await expect(composer(page)).toBeVisible();
  });

  test("a bot that cannot be loaded can be tried again", async ({ page }) => {
    await page.route("**/api/bot", (route) => route.fulfill({ status: 400, json: { error: { message: "Not yet." } } }));
    await page.goto("/");
    await expect(page.getByRole("alert")).toContainText("Not yet.");
    await page.unroute("**/api/bot");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(composer(page)).toBeVisible();
  });
});

test.describe("resuming", () => {
  test("a reload in mid-stream loses and doubles nothing", async ({ page }) => {
    await open(page);
    await ask(page, "slow please");
    await expect(lastAnswer(page)).toContainText("w10");
    await page.reload();
    await expect(stopButton(page)).toBeVisible();
    await expect(lastAnswer(page)).toContainText("w10");
    expect(await ended(page)).toBe(SLOW);
    await page.reload();
    expect(await ended(page)).toBe(SLOW);
  });

  test("a dropped line is picked up where it broke", async ({ page, request }) => {
    const resumed: string[] = [];
    page.on("request", (sent) => {
      const last = sent.headers()["last-event-id"];
      if (last) resumed.push(last);
    });
    await open(page);
    await ask(page, "slow please");
    for (const word of ["w8", "w24"]) {
      await expect(lastAnswer(page)).toContainText(word);
      await request.post("/__test/drop");
    }
    expect(await ended(page)).toBe(SLOW);
    expect(resumed.length).toBeGreaterThanOrEqual(2);
  });

  test("without a network it says so, and goes on when it is back", async ({ page, context, request }) => {
    await open(page);
    await ask(page, "slow please");
    await expect(lastAnswer(page)).toContainText("w5");
    await context.setOffline(true);
    await request.post("/__test/drop");
    await expect(page.getByText("No connection to the server.")).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText("No connection to the server.")).toHaveCount(0);
    expect(await ended(page)).toBe(SLOW);
  });

  test("a stream that the server forgot is replaced by the conversation", async ({ page, request }) => {
    await open(page);
    await ask(page, "slow please");
    await expect(lastAnswer(page)).toContainText("w5");
    await request.post("/__test/drop-and-forget");
    expect(await ended(page)).toBe(SLOW);
  });

  test("a conversation left in mid-stream is complete when one comes back", async ({ page }) => {
    await open(page);
    await ask(page, "slow please");
    await expect(lastAnswer(page)).toContainText("w5");
    await page.getByRole("link", { name: "New conversation" }).click();
    await expect(answers(page)).toHaveCount(0);
    await page.getByRole("link", { name: "slow please" }).click();
    expect(await ended(page)).toBe(SLOW);
  });

  test("a second tab shows the running answer too", async ({ page, context }) => {
    await open(page);
    await ask(page, "slow please");
    await expect(page).toHaveURL(/\/c\//);
    const second = await context.newPage();
    await second.goto(page.url());
    expect(await ended(second)).toBe(SLOW);
  });
});
