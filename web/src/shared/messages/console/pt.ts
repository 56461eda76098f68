import { overview } from "./pt/overview";
import { inbox } from "./pt/inbox";
import { conversations } from "./pt/conversations";
import { reviews } from "./pt/reviews";
import { curated } from "./pt/curated";
import { gaps } from "./pt/gaps";
import { panels } from "./pt/panels";
import { knowledge } from "./pt/knowledge";
import { data } from "./pt/data";
import { training } from "./pt/training";
import { releases } from "./pt/releases";
import { channels } from "./pt/channels";
import { widget } from "./pt/widget";
import { keys } from "./pt/keys";
import { people } from "./pt/people";
import { privacy } from "./pt/privacy";
import { audit } from "./pt/audit";
import { settings } from "./pt/settings";
import { guide } from "./pt/guide";
import { shell } from "./pt/shell";
import type { ConsoleTexts } from "./text";

// Every word of the console, in Brazilian Portuguese: a file per page.
export const pt: ConsoleTexts = {
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
