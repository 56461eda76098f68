// Every word of the chat page, in Portuguese of Brazil. The console's are in console/.
import { account } from "./pt/account";
import { language, theme, shortcuts } from "./pt/appearance";
import { chat, composer, actions, edit, feedback, routes, sources, markdown } from "./pt/chat";
import { conversations } from "./pt/conversations";
import { attachments, mine, own, page, person, sharing, tasks, temporary } from "./pt/own";
import { app, errors } from "./pt/page";
import { widget } from "./pt/widget";
import type { Texts } from "./text";

export const pt: Texts = {
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
