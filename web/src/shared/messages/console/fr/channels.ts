import { count } from "../../fr/count";
import type { ConsoleTexts } from "../text";

export const channels: ConsoleTexts["channels"] = {
  title: "Canaux",
  about: "Par où l’on joint le bot, si chaque voie va bien, et un test par le vrai chemin.",
  states: { ready: "prêt", off: "désactivé", failed: "en panne" },
  names: {
    web: "Page",
    widget: "Widget",
    api: "API",
  },
  abouts: {
    web: "Le chat sur la page même de ce serveur.",
    widget: "Le chat sur d’autres sites, par une seule balise script ; elle se trouve sur la page Widget.",
    api: "Les programmes munis d’une clé API, ou quiconque sur cette machine là où aucune clé n’est requise.",
  },
  replies: (n: number) =>
    count(n, {
      one: "# réponse dans le dernier jour",
      many: "# de réponses dans le dernier jour",
      other: "# réponses dans le dernier jour",
    }),
  failedReplies: (n: number) =>
    count(n, {
      one: "dont # échouée",
      many: "dont # échouées",
      other: "dont # échouées",
    }),
  facts: {
    page_of: "La page parle à",
    visitors: "Sans connexion",
    writes_per_minute: "Messages par minute et par adresse",
    running: "Réponses en cours de rédaction",
    sites: "Sites qui peuvent l’afficher",
    keys: "Clés en usage",
    needed: "Demande une clé",
    used_at: "Dernière utilisation d’une clé",
    vendor: "Fournisseur",
    waiting: "Messages à envoyer",
    dead: "Abandonnés",
    trouble: "Problème",
  },
  values: {
    true: "oui",
    false: "non",
    auto: "sur cette machine seulement",
    required: "toujours",
    off: "jamais",
    0: "sans limite",
  },
  autoNeeded: "dès qu’il y en a une",
  test: "Message de test",
  testLabel: (name: string) => `Que demander sur\u00a0: ${name}`,
  testHint: "Le bot répond comme il répondrait à n’importe qui. Rien n’en est conservé.",
  send: "Envoyer",
  route: (route: string, took: string) => `${route}, ${took}`,
};
