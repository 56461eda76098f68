// Every word of the chat page, in German. The console's are in console/.
import { account } from "./de/account";
import { language, theme, shortcuts } from "./de/appearance";
import { chat, composer, actions, edit, feedback, routes, sources, markdown } from "./de/chat";
import { conversations } from "./de/conversations";
import { attachments, mine, own, page, person, sharing, tasks, temporary } from "./de/own";
import { app, errors } from "./de/page";
import { widget } from "./de/widget";
import type { Texts } from "./text";

export const de: Texts = {
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
