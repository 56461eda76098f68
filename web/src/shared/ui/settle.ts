// Markdown that is still arriving: marks that are open now but surely close later would flash as plain characters first.

/** A last line of which only the mark has come: a list's, a heading's, a quote's; and a table of which only the head has. */
const MARK_ALONE = /(^|\n)[ \t>]*(?:[-=*+#>|`~]+|\d{1,9}[.)]?)[ \t]*$/;
const TABLE_HEAD = /^\n?\|[^\n]*(?:\n\|?[ \t:|-]*)?$/;

/** Closes open emphasis and code, hides the address of a half-arrived link and a mark without its text, at the end only. */
export function settle(markdown: string): string {
  const fences = markdown.match(/^ {0,3}(?:```|~~~)/gm)?.length ?? 0;
  if (fences % 2 === 1) return markdown; // inside a code block every character is meant
  const start = markdown.lastIndexOf("\n\n") + 1;
  const head = markdown.slice(0, start);
  let tail = markdown.slice(start).replace(TABLE_HEAD, "").replace(MARK_ALONE, "");
  tail = tail.replace(/!?\[([^\]\n]*)(?:\]\([^)\n]*)?$/, "$1");
  if (count(tail, /`/g) % 2 === 1) return `${head}${tail}\``;
  if (count(tail, /\*\*/g) % 2 === 1) tail = tail.endsWith("**") ? tail.slice(0, -2) : `${tail.trimEnd()}**`;
  return head + tail;
}

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
