import type { MarkedToken, Token, Tokens } from "marked";
import { memo, type ReactNode } from "react";
import { text } from "../messages/text";
import { CodeBlock } from "./CodeBlock";
import { Inline } from "./MarkdownInline";
import { useCut } from "./useCut";

/** How many rows, list items or blocks are drawn before somebody asks for all. */
const FIRST = 200;

function ShowAll({ label, onClick }: { label: string; onClick: (() => void) | null }) {
  if (!onClick) return null;
  return (
    <button type="button" className="button quiet show-all" onClick={onClick}>
      {label}
    </button>
  );
}

function Cells({ cells, as: Cell }: { cells: readonly Tokens.TableCell[]; as: "th" | "td" }) {
  return (
    <tr>
      {cells.map((cell, place) => (
        <Cell key={place} align={cell.align ?? undefined}>
          <Inline tokens={cell.tokens} />
        </Cell>
      ))}
    </tr>
  );
}

function Table({ token }: { token: Tokens.Table }) {
  const { shown, showAll } = useCut(token.rows.length, FIRST);
  return (
    <>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={text.markdown.table}>
        <table>
          <thead>
            <Cells cells={token.header} as="th" />
          </thead>
          {token.rows.length > 0 && (
            <tbody>
              {token.rows.slice(0, shown).map((cells, place) => (
                <Cells key={place} cells={cells} as="td" />
              ))}
            </tbody>
          )}
        </table>
      </div>
      <ShowAll label={text.markdown.allRows(token.rows.length)} onClick={showAll} />
    </>
  );
}

function List({ token }: { token: Tokens.List }) {
  const { shown, showAll } = useCut(token.items.length, FIRST);
  const items = token.items.slice(0, shown).map((item, place) => (
    <li key={place} className={item.task ? "task-list-item" : undefined}>
      {item.tokens.map((inner, at) => (
        <Block key={at} token={inner} />
      ))}
    </li>
  ));
  const tasks = token.items.some((item) => item.task) ? "contains-task-list" : undefined;
  return (
    <>
      {token.ordered ? (
        <ol start={token.start === 1 || token.start === "" ? undefined : token.start} className={tasks}>
          {items}
        </ol>
      ) : (
        <ul className={tasks}>{items}</ul>
      )}
      <ShowAll label={text.markdown.allItems(token.items.length)} onClick={showAll} />
    </>
  );
}

type BlockToken = Exclude<
  MarkedToken,
  { type: "br" | "codespan" | "del" | "em" | "escape" | "image" | "link" | "list_item" | "strong" }
>;

function blockOf(token: BlockToken, level: number): ReactNode {
  switch (token.type) {
    case "paragraph":
      return (
        <p>
          <Inline tokens={token.tokens} />
        </p>
      );
    case "text": // of a tight list's item
      return <Inline tokens={token.tokens ?? [token]} />;
    case "checkbox":
      return <Inline tokens={[token]} />;
    case "heading": {
      // In a quote or a list it is no part of the page's outline.
      const Heading = level === 0 ? "p" : (`h${Math.min(level, 6)}` as "h2");
      return (
        <Heading className={`heading depth-${token.depth}`}>
          <Inline tokens={token.tokens} />
        </Heading>
      );
    }
    case "code":
      return <CodeBlock language={/^\S*/.exec(token.lang ?? "")?.[0] ?? ""} code={token.text} />;
    case "blockquote":
      return (
        <blockquote>
          {token.tokens.map((inner, place) => (
            <Block key={place} token={inner} />
          ))}
        </blockquote>
      );
    case "list":
      return <List token={token} />;
    case "table":
      return <Table token={token} />;
    case "hr":
      return <hr />;
    case "html":
      return <p className="as-written">{token.raw.trim()}</p>;
    case "space":
    case "def":
      return null;
  }
}

/** One block. `level`: of the heading in the page's outline, when it is one; 0: not in it. */
export const Block = memo(function Block({ token, level = 0 }: { token: Token; level?: number }) {
  return blockOf(token as BlockToken, level);
});

/** The level in the page's outline of each heading: never more than one below the one before, whatever was written. */
function levelsOf(tokens: readonly Token[]): number[] {
  const levels: number[] = [];
  let last = 1; // the page's own heading
  for (const token of tokens) {
    if (token.type === "heading") last = Math.min((token as Tokens.Heading).depth + 1, last + 1);
    levels.push(token.type === "heading" ? last : 0);
  }
  return levels;
}

/** Blocks one below the other. */
export function Blocks({ tokens }: { tokens: readonly Token[] }) {
  const { shown, showAll } = useCut(tokens.length, FIRST * 2);
  const levels = levelsOf(tokens);
  return (
    <>
      {tokens.slice(0, shown).map((token, place) => (
        <Block key={place} token={token} level={levels[place] ?? 0} />
      ))}
      <ShowAll label={text.markdown.all} onClick={showAll} />
    </>
  );
}
