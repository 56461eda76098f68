import { count } from "../../fr/count";
import type { ConsoleTexts } from "../text";

export const guide: ConsoleTexts["guide"] = {
  title: "Guide",
  about:
    "D’un dossier vide à un bot qui répond. Vous pouvez vous arrêter à tout moment : tout reprendra là où vous en étiez.",
  steps: { purpose: "But", data: "Données", build: "Création", served: "En service" },
  done: "fait",
  change: "Changer",
  purposeAbout: "Tout le reste s’appuie là-dessus : ce à quoi il répond, et ce qu’il décline poliment.",
  name: "Nom visible",
  purpose: "But, en une phrase",
  purposeExample: "Répond aux questions des visiteurs sur notre bibliothèque.",
  topics: "Ce à quoi il répond, un thème par ligne",
  declines: "Ce qu’il décline, un élément par ligne",
  next: "Suivant",
  edited: "bot.toml a été modifié à la main, il est donc laissé tel quel. Changez le but dans ce fichier.",
  dataAbout:
    "Les conversations lui apprennent comment répondre ; les documents sont ce sur quoi il peut s’appuyer. L’un des deux suffit pour commencer.",
  bring: "Choisir des fichiers",
  kinds: (endings: string) => `Chats, tableaux et documents\u00a0: ${endings}`,
  me: "Au nom de qui le bot parle, dans les chats exportés",
  meHint: "Seulement si un chat ne dit pas lequel des deux est vous.",
  sample: "Essayer avec un exemple",
  sampleAbout: "L’accueil d’une petite bibliothèque : 70 conversations, 4 documents et des questions de test.",
  files: "Vos fichiers",
  parts: { data: "conversations", knowledge: "document" },
  remove: (name: string) => `Retirer ${name}`,
  readAs: (format: string) => `lu comme ${format}`,
  conversations: (n: number) =>
    count(n, { one: "# conversation", many: "# de conversations", other: "# conversations" }),
  characters: (n: number) =>
    count(n, {
      one: "un document de # caractère",
      many: "un document de # de caractères",
      other: "un document de # caractères",
    }),
  rejected: (n: number) =>
    count(n, {
      one: "# ligne laissée de côté",
      many: "# de lignes laissées de côté",
      other: "# lignes laissées de côté",
    }),
  waiting: (n: number) =>
    count(n, {
      one: "encore # fichier",
      many: "encore # de fichiers",
      other: "encore # fichiers",
    }),
  notUploaded: (name: string, why: string) => `${name}\u00a0: ${why}`,
  buildAbout: "Il apprend, reçoit des questions de test par le moteur qui le mettra en service, puis répond.",
  way: "Comment",
  ways: {
    model: "Entraîner un petit modèle qui lui est propre",
    documents: "Répondre d’après les documents seuls, sans modèle",
  },
  wayHints: {
    model: "À l’aise avec vos propres mots. Prend le budget ci-dessous, et deux cœurs suffisent.",
    documents: "Prêt en quelques secondes. Il cite ce qu’il trouve, et le dit quand il ne trouve rien.",
  },
  minutes: "Budget en minutes",
  minutesHint: "Un premier essai demande 1 à 3 minutes. Vous pourrez entraîner plus longtemps ensuite.",
  minutesFixed: (n: string) => `Le budget est de ${n} minutes, comme le dit bot.toml.`,
  build: "Créer",
  again: "Recréer",
  result: "Sa qualité",
  right: (share: string) => `${share} des questions de test dans son périmètre reçoivent une bonne réponse.`,
  declined: (share: string) => `${share} de celles hors périmètre sont déclinées.`,
  noCases: "Il n’y a pas encore de questions de test (tests/cases.jsonl), on ne peut donc rien dire de sa qualité.",
  weak: "Ce n’est pas encore beaucoup : davantage de conversations et de minutes aident le plus.",
  fine: "Un bon début.",
  servedTitle: "Votre bot répond",
  servedText: "Cette adresse est désormais celle de son chat et de sa console.",
  starting: "Il prend sa place…",
  toChat: "Lui parler",
  toReleases: "Voir la release",
  toKnowledge: "Ajouter des connaissances",
  toTraining: "Entraîner plus longtemps",
};
