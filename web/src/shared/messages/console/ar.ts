import { overview } from "./ar/overview";
import { inbox } from "./ar/inbox";
import { conversations } from "./ar/conversations";
import { reviews } from "./ar/reviews";
import { curated } from "./ar/curated";
import { gaps } from "./ar/gaps";
import { panels } from "./ar/panels";
import { knowledge } from "./ar/knowledge";
import { data } from "./ar/data";
import { training } from "./ar/training";
import { releases } from "./ar/releases";
import { channels } from "./ar/channels";
import { widget } from "./ar/widget";
import { keys } from "./ar/keys";
import { people } from "./ar/people";
import { privacy } from "./ar/privacy";
import { audit } from "./ar/audit";
import { settings } from "./ar/settings";
import { guide } from "./ar/guide";
import { shell } from "./ar/shell";

import type { ConsoleTexts } from "./text";

// Every word of the console, in Arabic: a file per page.
export const ar: ConsoleTexts = {
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
