// What became of a text, word by word: by the longest common run of words, as every diff has it.

export interface Piece {
  kind: "same" | "gone" | "new";
  text: string;
}

/** A word, the space after it, or one sign; of Chinese and Japanese, which have no spaces, one character. */
const LONE = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}]";
const PART = `(?:(?!${LONE})[\\p{L}\\p{M}\\p{N}])+`;
const WORD = new RegExp(`${LONE}|${PART}(?:['’]${PART})*|\\s+|.`, "gsu");

/** Cells of the table beyond which the middle is told as a whole: a text that long is another text. */
const MOST = 4_000_000;

/** Letters that both have, of those of the longer one, below which word by word is only confetti. */
const ALIKE = 0.3;

const split = (text: string): string[] => text.match(WORD) ?? [];

/** Equal pieces and those that are gone or new, in their order; neighbours of one kind are one piece. */
export function differences(before: string, after: string): Piece[] {
  const a = split(before);
  const b = split(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const pieces: Piece[] = [];
  add(pieces, "same", a.slice(0, head).join(""));
  middle(pieces, a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  add(pieces, "same", a.slice(a.length - tail).join(""));
  const same = pieces.filter((piece) => piece.kind === "same").reduce((sum, piece) => sum + letters(piece.text), 0);
  if (same >= ALIKE * Math.max(letters(before), letters(after))) return pieces;
  const whole: Piece[] = [];
  add(whole, "gone", before);
  add(whole, "new", after);
  return whole;
}

const letters = (text: string): number => text.replace(/[^\p{L}\p{N}]/gu, "").length;

function add(pieces: Piece[], kind: Piece["kind"], text: string): void {
  const last = pieces[pieces.length - 1];
  if (text === "") return;
  if (last?.kind === kind) last.text += text;
  else pieces.push({ kind, text });
}

function middle(pieces: Piece[], a: readonly string[], b: readonly string[]): void {
  if (a.length * b.length > MOST) {
    add(pieces, "gone", a.join(""));
    add(pieces, "new", b.join(""));
    return;
  }
  // length[i][j]: of the longest common run of what is left behind i and j.
  const width = b.length + 1;
  const length = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => length[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      length[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const gone = a[i] ?? "";
    const fresh = b[j] ?? "";
    if (i < a.length && j < b.length && gone === fresh) {
      add(pieces, "same", gone);
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      add(pieces, "gone", gone);
      i += 1;
    } else {
      add(pieces, "new", fresh);
      j += 1;
    }
  }
}
