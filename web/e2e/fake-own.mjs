// What the stand-in server knows of people's own conversations beside talking: files, links, consent, a person who takes over.

const shares = new Map(); // token -> {visitor, conversation, share, messages}
const listeners = new Map(); // conversation -> Set of responses
const consents = new Map(); // visitor -> answer
const ticks = new Map(); // visitor -> Map of number -> note
const TASKS = ["Ask for the opening hours", "Ask something it cannot know"];
export const PRIVACY = { text: "", version: "1" }; // no question unless a test sets one

/** Says to whoever listens that something is new in a conversation. */
export function tell(id, event, data) {
  for (const response of listeners.get(id) ?? []) response.write(frame(event, data));
}

const frame = (event, data) => `id: 1.1\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

function listen(response, id) {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.write(": hello\n\n");
  const all = listeners.get(id) ?? new Set();
  listeners.set(id, all.add(response));
  response.on("close", () => all.delete(response));
}

function readText(name, content) {
  const tokens = Math.ceil(content.length / 4);
  return { name, content, characters: content.length, tokens, room: 500, fits: tokens < 500 };
}

export function found(conversation, search) {
  const message = conversation.messages.findLast((each) => each.content.toLowerCase().includes(search));
  if (!message) return null;
  const at = message.content.toLowerCase().indexOf(search);
  return { message_id: message.id, text: message.content.slice(at, at + 120), start: 0 };
}

/** Answers what is of this kind; false: it is not. */
export async function own(route, { url, response, visitor, mine, parts, read, text, json, problem, add, blank, bot }) {
  switch (route) {
    case "POST attachments": {
      const name = url.searchParams.get("name");
      if (!/\.(txt|md|csv|json)$/.test(name)) return problem(415, "Files of this kind cannot be read.");
      return json(200, readText(name, await text()));
    }
    case "GET messages/:id/attachments/0":
      return json(200, { name: "hours.txt", content: "We open at ten." });
    case "GET conversations/:id/suggestions": {
      const answer = mine?.messages.find((each) => each.id === url.searchParams.get("after"));
      const questions = answer?.content.includes("card") ? ["How long may I keep a book?"] : [];
      return json(200, { questions });
    }
    case "GET conversations/:id/events":
      if (!mine) return problem(404, "There is no such conversation.");
      return listen(response, mine.summary.id);
    case "POST conversations/:id/handover":
      mine.handover = { state: "wanted", reason: "asked", name: "", since: new Date().toISOString() };
      return json(200, mine.handover);
    case "DELETE conversations/:id/handover":
      mine.handover = null;
      return json(204);
    case "GET conversations/:id/shares":
      return json(200, {
        shares: [...shares.values()].filter((each) => each.conversation === mine?.summary.id).map((each) => each.share),
      });
    case "POST conversations/:id/shares": {
      const { days } = await read();
      const token = `token${shares.size}`.padEnd(43, "x");
      const now = Date.now();
      const share = {
        id: `s${shares.size}`,
        title: mine.summary.title,
        messages: mine.messages.length,
        created_at: new Date(now).toISOString(),
        expires_at: new Date(now + days * 86_400_000).toISOString(),
      };
      shares.set(token, { conversation: mine.summary.id, share, messages: structuredClone(mine.messages) });
      return json(201, { share, path: `/share/${token}` });
    }
    case `DELETE conversations/:id/shares/${parts[3]}`:
      for (const [token, { share }] of shares) if (share.id === parts[3]) shares.delete(token);
      return json(204);
    case "GET shared/:id": {
      const shared = shares.get(parts[1]);
      if (!shared) return problem(404, "This link has ended, or never was. Ask whoever sent it for a new one.");
      const messages = shared.messages.map((each) => ({
        ...each,
        attachments: each.attachments.map(({ name }) => name),
      }));
      const who = { bot: bot.title, assistant: bot.assistant, disclosure: bot.disclosure };
      return json(200, { ...who, ...shared.share, messages });
    }
    case "GET conversations/:id/export": {
      const markdown = url.searchParams.get("format") === "markdown";
      const file = { format: "chatwright.conversation/1", title: mine.summary.title, messages: mine.messages };
      response.writeHead(200, { "Content-Type": markdown ? "text/markdown" : "application/json" });
      return response.end(markdown ? `# ${mine.summary.title}\n` : JSON.stringify(file));
    }
    case "POST conversations/:id": {
      const file = await read();
      if (file.format !== "chatwright.conversation/1") return problem(400, "That is no such file.");
      const made = add(visitor, "imported");
      made.summary.title = file.title;
      made.messages = file.messages.map((each) => ({ ...blank(each.parent_id, each.role, each.content), id: each.id }));
      return json(201, made.summary);
    }
    case "GET privacy":
      return json(200, { person: visitor, ...PRIVACY, consent: consents.get(visitor) ?? null, retention_days: 30 });
    case "PUT privacy/:id": {
      const { granted, version } = await read();
      consents.set(visitor, { granted, version, at: new Date().toISOString() });
      return json(200, consents.get(visitor));
    }
    case "DELETE privacy":
      return json(200, { removed: {}, left: {} });
    case "GET staging":
    case `PUT staging/:id/${parts[2]}`: {
      const done = ticks.get(visitor) ?? new Map();
      ticks.set(visitor, done);
      if (route.startsWith("PUT")) {
        const { done: ticked, note } = await read();
        if (ticked) done.set(Number(parts[2]), note);
        else done.delete(Number(parts[2]));
      }
      const tasks = TASKS.map((task, i) => ({
        number: i + 1,
        text: task,
        done: done.has(i + 1),
        note: done.get(i + 1) ?? "",
      }));
      return json(200, { release: bot.release, expires_at: "2099-01-01T00:00:00Z", tasks });
    }
  }
  return false;
}
