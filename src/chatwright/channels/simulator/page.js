const get = (id) => document.getElementById(id);
const PLACES = {
  slack: ["direct", "mention", "channel", "assistant"],
  whatsapp: ["", "image"],
  messenger: ["", "image"],
  telegram: [""],
  webhook: [""],
};
const THUMBS = { slack: ["+1", "-1"], webhook: ["up", "down"] };
let known = {};

async function call(method, path, body) {
  const answer = await fetch(`/control${path}`, {
    method,
    body: body && JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
  });
  const values = await answer.json();
  if (!answer.ok) alert(values.error);
  return values;
}

const vendor = () => get("vendor").value;
const person = () => get("person").value || "ada";

function drawn(line) {
  const item = document.createElement("li");
  item.className = line.who;
  item.append(line.text);
  const small = document.createElement("small");
  const marks = [line.method, line.thread && "in a thread", line.uncertain && "answered with an error"];
  small.textContent = [...marks.filter(Boolean), ...line.reactions].join(" · ");
  item.append(small);
  const act = (verb, value) => call("POST", `/${vendor()}/${verb}`, { person: person(), message: line.id, value }).then(draw);
  if (line.who === "bot") {
    for (const one of line.buttons) item.append(button(one.label, () => act("press", one.value)));
    for (const one of THUMBS[vendor()] ?? ["👍", "👎"]) item.append(button(one, () => act("react", one)));
  }
  return item;
}

function button(label, pressed) {
  const made = document.createElement("button");
  made.textContent = label;
  made.addEventListener("click", pressed);
  return made;
}

async function draw() {
  const { lines } = await call("GET", `/${vendor()}/lines?person=${encodeURIComponent(person())}`);
  const list = get("lines");
  const low = list.scrollTop + list.clientHeight >= list.scrollHeight - 5;
  list.replaceChildren(...lines.map(drawn));
  if (low) list.scrollTop = list.scrollHeight;
  const report = await call("GET", `/${vendor()}/report`);
  get("figures").textContent = JSON.stringify(report, null, 1);
}

function show() {
  const { environment, options, rules } = known[vendor()];
  const table = Object.entries(options).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const variables = Object.entries(environment).map(([name, value]) => `export ${name}=${value}`);
  get("setup").textContent = [...variables, "", `[channels.${vendor()}]`, ...table].join("\n");
  get("url").value = rules.url;
  get("where").replaceChildren(...PLACES[vendor()].map((place) => new Option(place || "direct", place)));
  return draw();
}

get("vendor").addEventListener("change", show);
get("person").addEventListener("change", draw);
get("url").addEventListener("change", async () => {
  known[vendor()].rules = await call("PATCH", `/${vendor()}/rules`, { url: get("url").value });
});
get("say").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = get("text").value;
  if (!text) return;
  get("text").value = "";
  await call("POST", `/${vendor()}/say`, { person: person(), text, where: get("where").value });
  await draw();
});

known = await call("GET", "");
get("vendor").replaceChildren(...Object.keys(known).map((name) => new Option(name)));
await show();
setInterval(draw, 1500);
