import { account } from "./zh/account";
import { language, theme, shortcuts } from "./zh/appearance";
import { chat, composer, actions, edit, feedback, routes, sources, markdown } from "./zh/chat";
import { conversations } from "./zh/conversations";
import { attachments, mine, own, page, person, sharing, tasks, temporary } from "./zh/own";
import { app, errors } from "./zh/page";
import { widget } from "./zh/widget";
import type { Texts } from "./text";

export const zh: Texts = {
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
