import { overview } from "./de/overview";
import { inbox } from "./de/inbox";
import { conversations } from "./de/conversations";
import { reviews } from "./de/reviews";
import { curated } from "./de/curated";
import { gaps } from "./de/gaps";
import { panels } from "./de/panels";
import { knowledge } from "./de/knowledge";
import { data } from "./de/data";
import { training } from "./de/training";
import { releases } from "./de/releases";
import { channels } from "./de/channels";
import { widget } from "./de/widget";
import { keys } from "./de/keys";
import { people } from "./de/people";
import { privacy } from "./de/privacy";
import { audit } from "./de/audit";
import { settings } from "./de/settings";
import { guide } from "./de/guide";
import { shell } from "./de/shell";
import type { ConsoleTexts } from "./text";

// Every word of the console, in German: a file per page.
export const de: ConsoleTexts = {
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
