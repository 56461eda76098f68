// What the site's own storage remembers of the button, in this browser: that it is open, that a chat was begun, that the
// invitation was closed. Never anything that was said. Storage may be blocked; then it is forgotten with the page.
type Fact = "open" | "begun" | "invited";

const held = new Set<Fact>();
const areaOf = (fact: Fact): Storage => (fact === "open" ? sessionStorage : localStorage);

export function knows(fact: Fact): boolean {
  try {
    return areaOf(fact).getItem(`chatwright-widget-${fact}`) === "1" || held.has(fact);
  } catch {
    return held.has(fact);
  }
}

export function learn(fact: Fact, is: boolean): void {
  if (is) held.add(fact);
  else held.delete(fact);
  try {
    if (is) areaOf(fact).setItem(`chatwright-widget-${fact}`, "1");
    else areaOf(fact).removeItem(`chatwright-widget-${fact}`);
  } catch {
    // See above.
  }
}
