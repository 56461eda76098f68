import { overview } from "./zh/overview";
import { inbox } from "./zh/inbox";
import { conversations } from "./zh/conversations";
import { reviews } from "./zh/reviews";
import { curated } from "./zh/curated";
import { gaps } from "./zh/gaps";
import { panels } from "./zh/panels";
import { knowledge } from "./zh/knowledge";
import { data } from "./zh/data";
import { training } from "./zh/training";
import { releases } from "./zh/releases";
import { channels } from "./zh/channels";
import { widget } from "./zh/widget";
import { keys } from "./zh/keys";
import { people } from "./zh/people";
import { privacy } from "./zh/privacy";
import { audit } from "./zh/audit";
import { settings } from "./zh/settings";
import { guide } from "./zh/guide";
import { shell } from "./zh/shell";
import type { ConsoleTexts } from "./text";

export const zh: ConsoleTexts = {
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
