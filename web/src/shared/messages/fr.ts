// Every word of the chat page, in French. The console's are in console/.
import { account } from "./fr/account";
import { language, theme, shortcuts } from "./fr/appearance";
import { chat, composer, actions, edit, feedback, routes, sources, markdown } from "./fr/chat";
import { conversations } from "./fr/conversations";
import { attachments, mine, own, page, person, sharing, tasks, temporary } from "./fr/own";
import { app, errors } from "./fr/page";
import { widget } from "./fr/widget";
import type { Texts } from "./text";

export const fr: Texts = {
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
