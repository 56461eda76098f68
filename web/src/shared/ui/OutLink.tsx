import type { ReactNode } from "react";
import { text } from "../messages/text";
import { safeLink } from "./links";

/** A link out of untrusted text. Leads elsewhere only with the host in sight, in a new tab without an opener. */
export function OutLink({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (href?.startsWith("#")) return <a href={href}>{children}</a>; // a footnote, in this page
  const link = safeLink(href);
  if (!link) return <span>{children}</span>;
  if (link.host === null) {
    return (
      <a href={link.href} target="_blank" rel="noopener">
        {children}
      </a>
    );
  }
  // Where the text is the address itself, the host is in sight already.
  const said = children === link.host || children === href;
  return (
    <a href={link.href} target="_blank" rel="noopener noreferrer nofollow" title={text.markdown.external(link.host)}>
      {children}
      {!said && <span className="link-host"> ({link.host})</span>}
    </a>
  );
}
