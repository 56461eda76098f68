// The script tag of a site, and the address of the sample page. What is as bot.toml has it is left out of both: then a later
// change there reaches all sites.
import type { components } from "../../shared/schema";

export type Setup = components["schemas"]["WidgetSetup"];

/** The origin of what somebody typed as a site; null where it is none. */
export function originOf(typed: string): string | null {
  const text = typed.trim();
  try {
    const url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
    const known = url.protocol === "https:" || url.protocol === "http:";
    return known && /^[a-z0-9.-]+$/.test(url.hostname) ? url.origin : null;
  } catch {
    return null;
  }
}

export const tagOf = (server: string): string => `<script src="${server}/widget.js" async></script>`;

export const policyOf = (server: string): string => `script-src ${server}; frame-src ${server}`;

/** The sample page with what is chosen but perhaps not saved. */
export function sampleOf(setup: Setup): string {
  const about = new URLSearchParams({
    accent: setup.accent,
    theme: setup.theme,
    position: setup.position,
    label: setup.label,
    invitation: setup.invitation,
    "invitation-seconds": String(setup.invitation_seconds),
    "invitation-paths": "*",
  });
  return `/widget/demo#${about}`;
}
