// Every word of the chat page, in English. The console's are in console/.
import { account } from "./en/account";
import { language, theme, shortcuts } from "./en/appearance";
import { chat, composer, actions, edit, feedback, routes, sources, markdown } from "./en/chat";
import { conversations } from "./en/conversations";
import { attachments, mine, own, page, person, sharing, tasks, temporary } from "./en/own";
import { app, errors } from "./en/page";
import { widget } from "./en/widget";

export const en = {
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
