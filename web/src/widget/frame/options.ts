// What the script on the site says of how the frame is to be, after the "#" of its address. Looks alone: what the frame may
// do is between it and the server.
export interface FrameOptions {
  /** Of the page that it stands in, as the script says. The browser checks it: see link.ts. */
  origin: string;
  language: string;
  theme: "auto" | "light" | "dark";
  accent: string;
}

export function optionsIn(fragment: string): FrameOptions {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const theme = given.get("theme");
  const accent = given.get("accent") ?? "";
  return {
    origin: given.get("origin") ?? "",
    language: given.get("language") ?? "",
    theme: theme === "light" || theme === "dark" ? theme : "auto",
    accent: /^#[0-9a-f]{6}$/i.test(accent) ? accent : "#1d5c4b",
  };
}
