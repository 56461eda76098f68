// Every word of the chat page, in Arabic. The console's are in console/.
import { account } from "./ar/account";
import { language, theme, shortcuts } from "./ar/appearance";
import { chat, composer, actions, edit, feedback, routes, sources, markdown } from "./ar/chat";
import { conversations } from "./ar/conversations";
import { attachments, mine, own, page, person, sharing, tasks, temporary } from "./ar/own";
import { app, errors } from "./ar/page";
import { widget } from "./ar/widget";
import type { Texts } from "./text";

export const ar: Texts = {
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
