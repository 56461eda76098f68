import type { MarkedToken, Token, Tokens } from "marked";
import { createContext, use, type ReactNode } from "react";
import { text } from "../messages/text";
import { decodeEntities } from "./entities";
import { safeImage, safeLink } from "./links";
import { OutLink } from "./OutLink";

/** Whether a link is around: a picture in it must not become a link within a link. */
const InLink = createContext(false);

function Picture({ token }: { token: Tokens.Image }) {
  const inLink = use(InLink);
  const alt = decodeEntities(token.text);
  const src = decodeEntities(token.href);
  const own = safeImage(src);
  if (own) return <img src={own} alt={alt} loading="lazy" />;
  const link = safeLink(src);
  if (!link?.host) return <span className="blocked-image">{alt}</span>;
  const said = text.markdown.image(alt, link.host);
  return <span className="blocked-image">{inLink ? said : <OutLink href={link.href}>{said}</OutLink>}</span>;
}

function Link({ token }: { token: Tokens.Link }) {
  const href = token.autolink ? token.href : decodeEntities(token.href);
  const [only] = token.tokens;
  const plain = token.tokens.length === 1 && only?.type === "text" ? decodeEntities((only as Tokens.Text).text) : null;
  return (
    <InLink value={true}>
      <OutLink href={href}>{plain ?? <Inline tokens={token.tokens} />}</OutLink>
    </InLink>
  );
}

/** What stands within a line. */
type InlineToken = Extract<
  MarkedToken,
  { type: "text" | "escape" | "strong" | "em" | "del" | "codespan" | "br" | "link" | "image" | "checkbox" | "html" }
>;

function inlineOf(token: InlineToken, key: number): ReactNode {
  switch (token.type) {
    case "text":
      return token.tokens ? <Inline key={key} tokens={token.tokens} /> : decodeEntities(token.text);
    case "escape":
      return token.text;
    case "strong":
      return (
        <strong key={key}>
          <Inline tokens={token.tokens} />
        </strong>
      );
    case "em":
      return (
        <em key={key}>
          <Inline tokens={token.tokens} />
        </em>
      );
    case "del":
      return (
        <del key={key}>
          <Inline tokens={token.tokens} />
        </del>
      );
    case "codespan":
      return <code key={key}>{token.text}</code>;
    case "br":
      return <br key={key} />;
    case "link":
      return <Link key={key} token={token} />;
    case "image":
      return <Picture key={key} token={token} />;
    case "checkbox":
      return (
        <input key={key} type="checkbox" checked={token.checked} readOnly disabled aria-label={text.markdown.task} />
      );
    case "html":
      return token.raw;
  }
}

/** Marks within a line. */
export function Inline({ tokens }: { tokens: readonly Token[] }) {
  return <>{tokens.map((token, place) => inlineOf(token as InlineToken, place))}</>;
}
