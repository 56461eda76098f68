import { overview } from "./ja/overview";
import { inbox } from "./ja/inbox";
import { conversations } from "./ja/conversations";
import { reviews } from "./ja/reviews";
import { curated } from "./ja/curated";
import { gaps } from "./ja/gaps";
import { panels } from "./ja/panels";
import { knowledge } from "./ja/knowledge";
import { data } from "./ja/data";
import { training } from "./ja/training";
import { releases } from "./ja/releases";
import { channels } from "./ja/channels";
import { widget } from "./ja/widget";
import { keys } from "./ja/keys";
import { people } from "./ja/people";
import { privacy } from "./ja/privacy";
import { audit } from "./ja/audit";
import { settings } from "./ja/settings";
import { guide } from "./ja/guide";
import { shell } from "./ja/shell";
import type { ConsoleTexts } from "./text";

// Every word of the console, in Japanese: a file per page.
export const ja: ConsoleTexts = {
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
