// Markdown that is still arriving: marks that are open now but surely close later would flash as plain characters first.

/** Closes open emphasis and code and hides the address of a half-arrived link, in the last paragraph only. */
export function settle(markdown: string): string {
  const fences = markdown.match(/^ {0,3}(?:```|~~~)/gm)?.length ?? 0;
  if (fences % 2 === 1) return markdown; // inside a code block every character is meant
  const start = markdown.lastIndexOf("\n\n") + 1;
  const head = markdown.slice(0, start);
  let tail = markdown.slice(start).replace(/!?\[([^\]\n]*)(?:\]\([^)\n]*)?$/, "$1");
  if (count(tail, /`/g) % 2 === 1) return `${head}${tail}\``;
  if (count(tail, /\*\*/g) % 2 === 1) tail = tail.endsWith("**") ? tail.slice(0, -2) : `${tail.trimEnd()}**`;
  return head + tail;
}

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
