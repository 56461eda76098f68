// Every word of the chat page, in Spanish. The console's are in console/.
import type { Texts } from "./text";
import { account } from "./es/account";
import { language, theme, shortcuts } from "./es/appearance";
import { chat, composer, actions, edit, feedback, routes, sources, markdown } from "./es/chat";
import { conversations } from "./es/conversations";
import { attachments, mine, own, page, person, sharing, tasks, temporary } from "./es/own";
import { app, errors } from "./es/page";
import { widget } from "./es/widget";

export const es: Texts = {
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
