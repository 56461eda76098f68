import { createContext, memo, use, type ReactNode } from "react";
import ReactMarkdown, { type Components, type ExtraProps, type Options } from "react-markdown";
import remarkGfm from "remark-gfm";
import { text } from "../messages/text";
import { CopyButton } from "./CopyButton";
import { safeImage, safeLink } from "./links";
import { OutLink } from "./OutLink";

type CodeElement = NonNullable<ExtraProps["node"]>;

function codeOf(pre: CodeElement): { language: string; code: string } {
  const element = pre.children[0];
  if (element?.type !== "element") return { language: "", code: "" };
  const names = element.properties["className"];
  const name = Array.isArray(names) ? names.map(String).find((each) => each.startsWith("language-")) : undefined;
  const code = element.children.map((child) => (child.type === "text" ? child.value : "")).join("");
  return { language: name?.slice("language-".length) ?? "", code };
}

function CodeBlock({ node, children }: { node: CodeElement | undefined; children: ReactNode }) {
  const { language, code } = node ? codeOf(node) : { language: "", code: "" };
  return (
    <figure className="code-block">
      <figcaption>
        <span>{language || text.markdown.code}</span>
        <CopyButton value={code.replace(/\n$/, "")} label={text.actions.copyCode} />
      </figcaption>
      {/* Focusable, because wide code scrolls sideways and must do so from the keyboard too. */}
      <pre tabIndex={0} aria-label={language || text.markdown.code} role="region">
        {children}
      </pre>
    </figure>
  );
}

/** Whether a link is around: a picture in it must not become a link within a link. */
const InLink = createContext(false);

function Picture({ src, alt }: { src: string | undefined; alt: string }) {
  const inLink = use(InLink);
  const own = safeImage(src);
  if (own) return <img src={own} alt={alt} loading="lazy" />;
  const link = safeLink(src);
  if (!link?.host) return <span className="blocked-image">{alt}</span>;
  const said = text.markdown.image(alt, link.host);
  return <span className="blocked-image">{inLink ? said : <OutLink href={link.href}>{said}</OutLink>}</span>;
}

const components: Components = {
  a: ({ href, children }) => (
    <InLink value={true}>
      <OutLink href={href}>{children}</OutLink>
    </InLink>
  ),
  img: ({ src, alt }) => <Picture src={src} alt={alt ?? ""} />,
  pre: ({ node, children }) => <CodeBlock node={node}>{children}</CodeBlock>,
  table: ({ children }) => (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={text.markdown.table}>
      <table>{children}</table>
    </div>
  ),
};

const options: Options = {
  components,
  remarkPlugins: [remarkGfm],
  // No plugin reads raw HTML: tags in a message are shown as the characters they are.
  // Addresses are judged by safeLink and safeImage above, on whole URLs.
  urlTransform: (url) => url,
};

/** Markdown of a message, with raw HTML off and no request to another origin. */
export const Markdown = memo(function Markdown({ children }: { children: string }) {
  return <ReactMarkdown {...options}>{children}</ReactMarkdown>;
});
