// The blocks of a Markdown text that grows: what cannot change any more is read once, only the end is read again.
import type { Links, Token } from "marked";
import { lex } from "./markdown-lexer";
import { settle } from "./settle";

/** An end that takes long to read (a table of thousands of rows) is read less often: so much of the time goes to it at most. */
const SHARE = 1 / 8;
const SHORT_MS = 4;

interface Read {
  source: string;
  arriving: boolean;
  blocks: readonly Token[];
  /** So many of the blocks are closed, and end at `closedEnd` of the source. */
  closed: number;
  closedEnd: number;
  links: Links;
}

const NOTHING: Read = { source: "", arriving: false, blocks: [], closed: 0, closedEnd: 0, links: {} };

export class MarkdownBlocks {
  private last: Read = NOTHING;
  private notBefore = 0;

  /** `now` gives milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Blocks that are the same as at the last call are the same objects. `arriving`: more of it may come. */
  read(markdown: string, arriving: boolean): readonly Token[] {
    const source = markdown.includes("\r") ? markdown.replace(/\r\n?/g, "\n") : markdown;
    const { last } = this;
    if (source === last.source && arriving === last.arriving) return last.blocks;
    const grown = last.source !== "" && source.startsWith(last.source);
    const began = this.now();
    if (grown && arriving && began < this.notBefore) return last.blocks;
    // A definition may stand below what refers to it: that is sorted out once, when all is there.
    const base = grown && (arriving || Object.keys(last.links).length === 0) ? last : NOTHING;
    this.last = readOn(base, source, arriving);
    const end = this.now();
    this.notBefore = end - began > SHORT_MS ? end + (end - began) / SHARE : 0;
    return this.last.blocks;
  }
}

function readOn(base: Read, source: string, arriving: boolean): Read {
  const tail = source.slice(base.closedEnd);
  const { blocks: read, links } = lex(arriving ? settle(tail) : tail, base.links);
  if (Object.keys(links).length > Object.keys(base.links).length && base.closed > 0 && !arriving)
    return readOn(NOTHING, source, false);
  const blocks = [...base.blocks.slice(0, base.closed), ...reuse(base.blocks.slice(base.closed), read)];
  let { closed, closedEnd } = base;
  for (const block of read.slice(0, openFrom(read))) {
    closed++;
    closedEnd += block.raw.length;
  }
  return { source, arriving, blocks, closed, closedEnd, links };
}

/** What comes next can change the last block and, by being joined to it, the one before; none further up. */
function openFrom(blocks: readonly Token[]): number {
  let place = blocks.length;
  for (let seen = 0; place > 0 && seen < 2;) if (blocks[--place]?.type !== "space") seen++;
  return place;
}

/** The end of a text is read again and again, mostly with the same first blocks. */
function reuse(old: readonly Token[], fresh: readonly Token[]): Token[] {
  return fresh.map((block, place) => {
    const before = old[place];
    return before && before.raw === block.raw && before.type === block.type && !refers(block.raw) ? before : block;
  });
}

/** Whether its meaning may depend on definitions elsewhere. */
const refers = (raw: string): boolean => raw.includes("[");
