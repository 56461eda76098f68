import type { ConsoleTexts } from "../text";
import { count } from "../../es/count";

export const gaps: ConsoleTexts["gaps"] = {
  title: "Lagunas",
  about:
    "Lo que la gente pregunta y el bot no responde bien: declinó, la respuesta no gustó o apenas estaba seguro. Las preguntas que significan más o menos lo mismo van juntas, las más frecuentes primero.",
  days: "Preguntado en los últimos",
  periods: { "7": "7 días", "30": "30 días", "90": "90 días", "365": "un año" },
  kindLabel: "Mostrar",
  kinds: { all: "Todas", refused: "Declinadas", disliked: "No gustaron", unsure: "Poco seguras" },
  summary: (questions: number, well: string) =>
    `${count(questions, { one: "Se hizo 1 pregunta", many: "Se hicieron # de preguntas", other: "Se hicieron # preguntas" })}; bien respondidas: ${well}.`,
  unquoted: (n: number) =>
    count(n, {
      one: "1 pregunta más no tuvo buena respuesta; quien la hizo no aceptó que se cite.",
      many: "# de preguntas más no tuvieron buena respuesta; quienes las hicieron no aceptaron que se citen.",
      other: "# preguntas más no tuvieron buena respuesta; quienes las hicieron no aceptaron que se citen.",
    }),
  asked: (n: number) =>
    count(n, { one: "preguntada una vez", many: "preguntada # de veces", other: "preguntada # veces" }),
  refused: (n: number) =>
    count(n, { one: "declinada una vez", many: "declinada # de veces", other: "declinada # veces" }),
  disliked: (n: number) =>
    count(n, { one: "no gustó una vez", many: "no gustó # de veces", other: "no gustó # veces" }),
  unsure: (n: number) =>
    count(n, { one: "poco segura una vez", many: "poco segura # de veces", other: "poco segura # veces" }),
  last: (when: string) => `última vez: ${when}`,
  alsoAsked: "También se preguntó así",
  documents: "Documentos más cercanos",
  covers: (share: string) => `${share} de las palabras`,
  noDocuments: "Ningún documento dice nada parecido.",
  todo: {
    curate: "Escriba una respuesta o dígalo con más claridad en el documento.",
    document: "Escriba un documento sobre ello o añádalo a uno.",
    scope:
      "Escriba un documento sobre ello; si no es asunto del bot, indíquelo en la configuración como algo que declina.",
  },
  curate: "Escribir una respuesta",
  knowledge: "Buscar en los documentos",
  settings: "A la configuración",
  emptyTitle: "No hay lagunas",
  emptyText:
    "O nadie preguntó nada en este tiempo, o todo se respondió bien. Solo se citan las lagunas de quienes aceptaron que se lean sus palabras.",
  noneTitle: "Ninguna de este tipo",
  noneText: "Hay lagunas de otro tipo.",
  shown: (shown: string, total: string) => `Las primeras ${shown} de ${total}.`,
};
