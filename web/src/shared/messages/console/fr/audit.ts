import { count } from "../../fr/count";
import type { ConsoleTexts } from "../text";

export const audit: ConsoleTexts["audit"] = {
  title: "Journal d’audit",
  about: "Qui a fait quoi avec les données de qui. Aucune parole n’y figure ; les personnes y sont sous pseudonyme.",
  caption: "Événements, les plus récents d’abord",
  number: "N°",
  at: "Quand",
  action: "Quoi",
  actor: "Qui",
  subject: "Concerne",
  detail: "Détails",
  anything: "Tout",
  person: "Personne",
  personHint: "Le nom d’un compte, l’identifiant d’un visiteur ou un pseudonyme.",
  since: "Du",
  until: "Au",
  cli: "ligne de commande",
  system: "le serveur",
  emptyTitle: "Aucun événement",
  emptyText: "Rien dans le journal ne correspond à ces filtres.",
  verify: "Vérifier la chaîne",
  verifyAbout:
    "Chaque ligne porte une empreinte à clé d’elle-même et de la ligne précédente. Gardez la tête ailleurs : une vérification ultérieure pourra s’y référer.",
  head: "Une tête antérieure (facultatif)",
  whole: (n: number) =>
    `Le journal est intact\u00a0: ${count(n, { one: "# ligne", many: "# de lignes", other: "# lignes" })}.`,
  broken: (n: number) =>
    count(n, {
      one: "# défaut a été trouvé.",
      many: "# de défauts ont été trouvés.",
      other: "# défauts ont été trouvés.",
    }),
  headIs: "La tête",
  copyHead: "Copier la tête",
  export: "Tout télécharger",
  newest: "Retour aux plus récents",
};
