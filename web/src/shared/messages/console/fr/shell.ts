import { count } from "../../fr/count";
import type { ConsoleTexts } from "../text";

/** What all pages of the console share. */
export const shell: ConsoleTexts["shell"] = {
  title: "Console",
  toChat: "Vers le chat",
  nav: "Pages de la console",
  show: "Afficher les pages",
  groups: {
    now: "Maintenant",
    answers: "Réponses",
    knowledge: "Connaissances",
    model: "Modèle",
    reach: "Accès",
    care: "Gestion",
  },
  bot: "Bot",
  notAllowed: "Votre compte ne permet pas d’ouvrir cette page",
  notAllowedText: (role: string) =>
    `Elle est réservée à un autre rôle que le vôtre (${role}). Adressez-vous à un propriétaire.`,
  notFound: "Cette page n’existe pas",
  loading: "Chargement…",
  failed: "Le chargement a échoué",
  undo: "Annuler",
  dismiss: "Fermer",
  close: "Fermer",
  cancel: "Annuler",
  save: "Enregistrer",
  more: "Afficher plus",
  selected: (n: number) => count(n, { one: "# sélectionné", many: "# sélectionnés", other: "# sélectionnés" }),
  selectAll: "Sélectionner tout ce qui est affiché",
  selectRow: "Sélectionner cette ligne",
  typeToConfirm: (word: string) => `Pour continuer, saisissez ${word}`,
  chartTable: "Les chiffres sous forme de tableau",
  chartEmpty: "Pas encore de chiffres.",
  time: "Moment",
  never: "jamais",
  none: "aucun",
  same: "Aucune différence.",
  previous: "Précédent",
  next: "Suivant",
  pageOf: (from: string, to: string, total: string) => `${from} à ${to} sur ${total}`,
};
