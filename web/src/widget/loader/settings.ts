// How the button looks and what it says: the bot's settings, which the server wrote into the script, and over them the
// attributes of the site's script tag. Neither is about who may see what; that is the server's alone.
import { LOADER_WORDS, type LoaderLanguage } from "./words";

export interface Settings {
  accent: string;
  theme: "auto" | "light" | "dark";
  position: "end" | "start";
  label: string;
  invitation: string;
  invitation_seconds: number;
  invitation_paths: string[];
  title: string;
}

export interface Options extends Settings {
  /** What was asked for, for the frame; it may know languages that the button does not. */
  language: string;
  spoken: LoaderLanguage;
}

const oneOf = <T extends string>(given: string | undefined, known: readonly T[], otherwise: T): T =>
  known.find((each) => each === given) ?? otherwise;

/** `data` is the script tag's dataset. A value that is no such thing counts as not given. */
export function optionsOf(settings: Settings, data: DOMStringMap, page: Document): Options {
  const { accent, theme, position, label, invitation, invitationSeconds, invitationPaths, language } = data;
  const asked = language || page.documentElement.lang || navigator.language || "en";
  const seconds = Number(invitationSeconds || NaN);
  return {
    accent: accent && /^#[0-9a-f]{6}$/i.test(accent) ? accent : settings.accent,
    theme: oneOf(theme, ["auto", "light", "dark"], settings.theme),
    position: oneOf(position, ["end", "start"], settings.position),
    label: label ?? settings.label,
    invitation: invitation ?? settings.invitation,
    invitation_seconds: seconds >= 0 ? seconds : settings.invitation_seconds,
    invitation_paths: invitationPaths?.split(/[\s,]+/).filter(Boolean) ?? settings.invitation_paths,
    title: settings.title,
    language: asked,
    spoken: oneOf(asked.slice(0, 2).toLowerCase(), Object.keys(LOADER_WORDS) as LoaderLanguage[], "en"),
  };
}
