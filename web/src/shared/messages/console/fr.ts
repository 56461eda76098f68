import { overview } from "./fr/overview";
import { inbox } from "./fr/inbox";
import { conversations } from "./fr/conversations";
import { reviews } from "./fr/reviews";
import { curated } from "./fr/curated";
import { gaps } from "./fr/gaps";
import { panels } from "./fr/panels";
import { knowledge } from "./fr/knowledge";
import { data } from "./fr/data";
import { training } from "./fr/training";
import { releases } from "./fr/releases";
import { channels } from "./fr/channels";
import { widget } from "./fr/widget";
import { keys } from "./fr/keys";
import { people } from "./fr/people";
import { privacy } from "./fr/privacy";
import { audit } from "./fr/audit";
import { settings } from "./fr/settings";
import { guide } from "./fr/guide";
import { shell } from "./fr/shell";
import type { ConsoleTexts } from "./text";

// Every word of the console, in French: a file per page.
export const fr: ConsoleTexts = {
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
