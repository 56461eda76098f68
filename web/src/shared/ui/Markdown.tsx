import { memo, useState } from "react";
import { Guard } from "./Guard";
import { MarkdownBlocks } from "./markdown-blocks";
import { Blocks } from "./MarkdownBlock";

interface Props {
  children: string;
  /** More of the text may come: marks that are still open are closed for the eye, and only the end is read again. */
  arriving?: boolean;
}

/**
 * Markdown of a message. It goes from tokens to elements and never through HTML: a tag in it is shown as the characters it
 * is. Nothing in it makes a request to another origin.
 */
export const Markdown = memo(function Markdown({ children, arriving = false }: Props) {
  return (
    <Guard of={children} fallback={<p className="as-written">{children}</p>}>
      <Read arriving={arriving}>{children}</Read>
    </Guard>
  );
});

function Read({ children, arriving = false }: Props) {
  const [blocks] = useState(() => new MarkdownBlocks());
  return <Blocks tokens={blocks.read(children, arriving)} />;
}
