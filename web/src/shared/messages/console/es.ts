import type { ConsoleTexts } from "./text";
import { overview } from "./es/overview";
import { inbox } from "./es/inbox";
import { conversations } from "./es/conversations";
import { reviews } from "./es/reviews";
import { curated } from "./es/curated";
import { gaps } from "./es/gaps";
import { panels } from "./es/panels";
import { knowledge } from "./es/knowledge";
import { data } from "./es/data";
import { training } from "./es/training";
import { releases } from "./es/releases";
import { channels } from "./es/channels";
import { widget } from "./es/widget";
import { keys } from "./es/keys";
import { people } from "./es/people";
import { privacy } from "./es/privacy";
import { audit } from "./es/audit";
import { settings } from "./es/settings";
import { guide } from "./es/guide";
import { shell } from "./es/shell";

// Every word of the console, in Spanish: a file per page.
export const es: ConsoleTexts = {
  shell,
  overview,
  inbox,
  conversations,
  reviews,
  curated,
  gaps,
  panels,
  knowledge,
  data,
  training,
  releases,
  channels,
  widget,
  keys,
  people,
  privacy,
  audit,
  settings,
  guide,
};
