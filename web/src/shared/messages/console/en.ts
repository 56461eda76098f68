import { overview } from "./en/overview";
import { inbox } from "./en/inbox";
import { conversations } from "./en/conversations";
import { reviews } from "./en/reviews";
import { curated } from "./en/curated";
import { gaps } from "./en/gaps";
import { panels } from "./en/panels";
import { knowledge } from "./en/knowledge";
import { data } from "./en/data";
import { training } from "./en/training";
import { releases } from "./en/releases";
import { channels } from "./en/channels";
import { widget } from "./en/widget";
import { keys } from "./en/keys";
import { people } from "./en/people";
import { privacy } from "./en/privacy";
import { audit } from "./en/audit";
import { settings } from "./en/settings";
import { guide } from "./en/guide";
import { shell } from "./en/shell";

// Every word of the console, in English: a file per page.
export const en = {
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
