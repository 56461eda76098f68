// Two texts word by word: which words stayed, which are gone, which are new.

export type Word = readonly ["same" | "gone" | "added", string];

/** Beyond this the comparison takes longer than somebody wants to wait: the texts are shown whole. */
const MOST = 1_200;

export function compare(before: string, after: string): Word[] {
  const old = before.split(/(\s+)/).filter(Boolean);
  const now = after.split(/(\s+)/).filter(Boolean);
  if (old.length > MOST || now.length > MOST) {
    return [...(before ? [["gone", before] as const] : []), ...(after ? [["added", after] as const] : [])];
  }
  return joined(walk(old, now, longest(old, now)));
}

/** For each pair of beginnings-to-the-end the length of what they have in common. */
function longest(old: readonly string[], now: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    const row = table[i];
    const below = table[i + 1];
    if (!row || !below) continue;
    for (let j = now.length - 1; j >= 0; j--) {
      row[j] = old[i] === now[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}

function walk(old: readonly string[], now: readonly string[], table: readonly Uint16Array[]): Word[] {
  const found: Word[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    const [left, right] = [old[i], now[j]];
    if (left !== undefined && left === right) {
      found.push(["same", left]);
      i++;
      j++;
    } else if (left !== undefined && (right === undefined || (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))) {
      found.push(["gone", left]);
      i++;
    } else if (right !== undefined) {
      found.push(["added", right]);
      j++;
    }
  }
  return found;
}

/** Neighbours of one kind as one; a space alone between two changed words belongs to them. */
function joined(words: readonly Word[]): Word[] {
  const made: [Word[0], string][] = [];
  for (const [kind, text] of words) {
    const last = made.at(-1);
    if (last && last[0] === kind) last[1] += text;
    else made.push([kind, text]);
  }
  return made;
}
