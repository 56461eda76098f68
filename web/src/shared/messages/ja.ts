import { account } from "./ja/account";
import { language, theme, shortcuts } from "./ja/appearance";
import { chat, composer, actions, edit, feedback, routes, sources, markdown } from "./ja/chat";
import { conversations } from "./ja/conversations";
import { attachments, mine, own, page, person, sharing, tasks, temporary } from "./ja/own";
import { app, errors } from "./ja/page";
import { widget } from "./ja/widget";
import type { Texts } from "./text";

// Every word of the chat page, in Japanese. The console's are in console/.
export const ja: Texts = {
  app,
  errors,
  chat,
  composer,
  actions,
  edit,
  feedback,
  routes,
  sources,
  markdown,
  conversations,
  account,
  theme,
  language,
  shortcuts,
  attachments,
  own,
  temporary,
  sharing,
  mine,
  tasks,
  person,
  page,
  widget,
};
