// Where a link or an image of a message may lead. A message is text by a model or a stranger: nothing of it is trusted.

export interface SafeLink {
  href: string;
  /** The other host that the link leaves to; null when it stays here. */
  host: string | null;
}

const SCHEMES = new Set(["http:", "https:", "mailto:"]);

/** The link as it may be rendered, or null when it must stay plain text. */
export function safeLink(href: string | undefined, here: string = window.location.origin): SafeLink | null {
  if (!href) return null;
  let url: URL;
  try {
    url = new URL(href, here);
  } catch {
    return null;
  }
  if (!SCHEMES.has(url.protocol)) return null;
  if (url.protocol === "mailto:") return { href: url.href, host: null };
  // A name before the host ("https://bank.example@evil.example") only serves to deceive.
  url.username = "";
  url.password = "";
  return { href: url.href, host: url.origin === here ? null : url.host };
}

/** Images load from our own origin only; one from elsewhere would tell that host that, and what, somebody reads. */
export function safeImage(src: string | undefined, here: string = window.location.origin): string | null {
  const link = safeLink(src, here);
  return link && link.host === null && !link.href.startsWith("mailto:") ? link.href : null;
}
