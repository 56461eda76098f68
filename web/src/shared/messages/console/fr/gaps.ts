import { count } from "../../fr/count";
import type { ConsoleTexts } from "../text";

export const gaps: ConsoleTexts["gaps"] = {
  title: "Lacunes",
  about:
    "Ce que l’on demande et à quoi le bot répond mal : il a décliné, la réponse a été mal notée, ou il n’était guère sûr. Les questions de même sens sont regroupées, les plus fréquentes d’abord.",
  days: "Posées depuis",
  periods: { "7": "7 jours", "30": "30 jours", "90": "90 jours", "365": "un an" },
  kindLabel: "Afficher",
  kinds: { all: "Toutes", refused: "Déclinées", disliked: "Mal notées", unsure: "Guère sûres" },
  summary: (questions: number, well: string) =>
    `${count(questions, { one: "# question a été posée", many: "# de questions ont été posées", other: "# questions ont été posées" })}\u202f; ${well} ont reçu une bonne réponse.`,
  unquoted: (n: number) =>
    count(n, {
      one: "# autre question n’a pas reçu de bonne réponse ; la personne n’a pas accepté d’être citée.",
      many: "# d’autres questions n’ont pas reçu de bonne réponse ; ces personnes n’ont pas accepté d’être citées.",
      other: "# autres questions n’ont pas reçu de bonne réponse ; ces personnes n’ont pas accepté d’être citées.",
    }),
  asked: (n: number) => count(n, { one: "posée # fois", many: "posée # de fois", other: "posée # fois" }),
  refused: (n: number) => count(n, { one: "déclinée # fois", many: "déclinée # de fois", other: "déclinée # fois" }),
  disliked: (n: number) =>
    count(n, { one: "mal notée # fois", many: "mal notée # de fois", other: "mal notée # fois" }),
  unsure: (n: number) =>
    count(n, { one: "guère sûre # fois", many: "guère sûre # de fois", other: "guère sûre # fois" }),
  last: (when: string) => `dernière fois\u00a0: ${when}`,
  alsoAsked: "Posée aussi ainsi",
  documents: "Documents les plus proches",
  covers: (share: string) => `${share} des mots`,
  noDocuments: "Aucun document ne dit rien de proche.",
  todo: {
    curate: "Écrivez une réponse, ou dites-le plus clairement dans le document.",
    document: "Écrivez un document à ce sujet, ou complétez-en un.",
    scope:
      "Écrivez un document à ce sujet ; si cela ne regarde pas le bot, indiquez-le dans les paramètres parmi ce qu’il décline.",
  },
  curate: "Écrire une réponse",
  knowledge: "Chercher dans les documents",
  settings: "Vers les paramètres",
  emptyTitle: "Aucune lacune",
  emptyText:
    "Soit personne n’a rien demandé pendant cette période, soit tout a reçu une bonne réponse. Les lacunes ne citent que les personnes qui acceptent que leurs mots soient lus.",
  noneTitle: "Aucune de ce genre",
  noneText: "Il y a des lacunes d’un autre genre.",
  shown: (shown: string, total: string) => `Les ${shown} premières sur ${total}.`,
};
