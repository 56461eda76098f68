// Markdown to tokens, with every cost bounded: a message is text by a model or a stranger, and may be made to freeze the page.
import { Lexer, Tokenizer, type Links, type Token, type Tokens } from "marked";

/** Quotes and lists within each other; deeper ones are shown as they were written. */
const MAX_DEPTH = 12;
/** Emphasis, links and strike-through within each other. */
const MAX_INLINE_DEPTH = 8;
/** Characters of running text that are read for marks at once; a longer paragraph is read in pieces. */
const MAX_RUN = 8_000;
/** Marks in one such piece. Where there are more, it is no prose, and finding pairs among them takes for ever. */
const MAX_MARKS = 600;
const MARK = /[*_~`[\]<]/g;

class BoundedTokenizer extends Tokenizer {
  private depth = 0;
  private inlineDepth = 0;

  private block<T>(read: () => T): T | undefined {
    if (this.depth >= MAX_DEPTH) return undefined;
    this.depth++;
    try {
      return read();
    } finally {
      this.depth--;
    }
  }

  private inline<T>(read: () => T): T | undefined {
    if (this.inlineDepth >= MAX_INLINE_DEPTH) return undefined;
    this.inlineDepth++;
    try {
      return read();
    } finally {
      this.inlineDepth--;
    }
  }

  override blockquote(src: string): Tokens.Blockquote | undefined {
    return this.block(() => super.blockquote(src));
  }
  override list(src: string): Tokens.List | undefined {
    return this.block(() => super.list(src));
  }
  override emStrong(src: string, masked: string, before?: string): Tokens.Em | Tokens.Strong | undefined {
    return this.inline(() => super.emStrong(src, masked, before));
  }
  override del(src: string, masked: string, before?: string): Tokens.Del | undefined {
    return this.inline(() => super.del(src, masked, before));
  }
  override link(src: string): Tokens.Link | Tokens.Image | undefined {
    return this.inline(() => super.link(src));
  }
  override reflink(src: string, links: Links): Tokens.Link | Tokens.Image | Tokens.Text | undefined {
    return this.inline(() => super.reflink(src, links));
  }
}

class BoundedLexer extends Lexer {
  constructor() {
    super({ gfm: true, tokenizer: new BoundedTokenizer() });
  }

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    for (const piece of pieces(src)) {
      if ((piece.match(MARK)?.length ?? 0) > MAX_MARKS) tokens.push({ type: "text", raw: piece, text: piece });
      else super.inlineTokens(piece, tokens);
    }
    return tokens;
  }
}

/** Cuts at spaces, where marks seldom reach across. */
function pieces(text: string): string[] {
  if (text.length <= MAX_RUN) return [text];
  const cut = text.lastIndexOf(" ", MAX_RUN);
  const end = cut > MAX_RUN / 2 ? cut : MAX_RUN;
  const found = [text.slice(0, end)];
  for (let from = end; from < text.length;) {
    const space = text.lastIndexOf(" ", from + MAX_RUN);
    const to = from + MAX_RUN >= text.length ? text.length : space > from + MAX_RUN / 2 ? space : from + MAX_RUN;
    found.push(text.slice(from, to));
    from = to;
  }
  return found;
}

/** The blocks of `markdown`; `links` are the definitions known before, to which its own are added. */
export function lex(markdown: string, links: Links = {}): { blocks: Token[]; links: Links } {
  const lexer = new BoundedLexer();
  Object.assign(lexer.tokens.links, links);
  const blocks = lexer.lex(markdown);
  return { blocks: [...blocks], links: lexer.tokens.links };
}
