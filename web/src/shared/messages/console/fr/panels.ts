import { count } from "../../fr/count";
import type { ConsoleTexts } from "../text";

export const panels: ConsoleTexts["panels"] = {
  title: "Évaluation humaine",
  about:
    "Des personnes comparent des réponses sans savoir de qui elles viennent. Un panel dit qui l’emporte et avec quelle certitude, si les personnes sont d’accord, et lesquelles ne pas croire.",
  add: "Nouveau panel",
  table: "Panels",
  name: "Nom",
  kind: "Ce qu’elles font",
  kinds: { pairs: "comparer deux réponses", ratings: "noter une réponse" },
  state: "État",
  states: { open: "ouvert", closed: "fermé" },
  contestants: "Réponses de qui",
  questions: "Questions",
  raters: "Évaluateurs",
  votes: "Votes",
  made: "Créé",
  emptyTitle: "Pas encore de panel",
  emptyText:
    "Créez-en un pour savoir si une nouvelle release est vraiment meilleure : quelques personnes comparent ses réponses à celles d’aujourd’hui, dix minutes chacune.",
  making: "en cours de création",
  makingText: (since: string) =>
    `Tous les concurrents répondent aux questions (début\u00a0: ${since}). Cela peut prendre quelques minutes.`,
  stop: "Arrêter",
  failed: { failed: "n’a pas pu être créé", stopped: "a été arrêté", interrupted: "a été interrompu" },
  dismiss: "Retirer",
  back: "Tous les panels",

  // Making one.
  newTitle: "Nouveau panel",
  newAbout:
    "Tous les concurrents répondent une fois aux mêmes questions ; puis leurs réponses sont figées, et des personnes les jugent à l’aveugle.",
  nameHint: "Les évaluateurs ne le voient pas.",
  kindHint: {
    pairs: "Deux réponses côte à côte : laquelle est la meilleure ? Le moyen le plus sûr de départager deux releases.",
    ratings: "Une réponse, de 1 à 5.",
  },
  current: "Ce qui est en service maintenant",
  currentHint: "avec ses documents et ses réponses de référence",
  release: (id: string, when: string) => `Release ${id}, du ${when}`,
  releaseHint: "sans réponses de référence",
  file: "Réponses venues d’ailleurs",
  fileHint:
    "Un fichier .jsonl : par ligne, une « question » et une « answer », par exemple d’un autre système. Ses questions doivent être celles posées ci-dessous.",
  fileRead: (name: string, n: number) =>
    `${name}\u00a0: ${count(n, { one: "# réponse", many: "# de réponses", other: "# réponses" })}`,
  fileBad: (line: string) => `La ligne ${line} n’a pas de «\u00a0question\u00a0» et d’«\u00a0answer\u00a0».`,
  fileName: "Nommez le fichier avec des lettres et des chiffres uniquement : son nom est celui du concurrent.",
  pairsNeed: "Choisissez-en au moins deux.",
  ratingsNeed: "Choisissez-en au moins un.",
  source: "Quelles questions",
  sources: {
    cases: (n: number) =>
      count(n, { one: "Les cas de test (#)", many: "Les cas de test (#)", other: "Les cas de test (#)" }),
    "held-out": "Des conversations absentes de l’entraînement de la release la plus récente",
    logged: "Ce qu’ont demandé les personnes qui ont donné leur accord",
    typed: "Les miennes",
  },
  typed: "Les questions, une par ligne",
  most: "Questions au plus",
  perRater: "Réponses par évaluateur",
  perRaterHint: "Vide : jusqu’à 40, soit environ dix minutes.",
  instructions: "Consignes aux évaluateurs",
  instructionsHint: "Vide : les consignes habituelles. Dites ce qu’est pour vous une bonne réponse.",
  make: "Créer",
  started: "Les concurrents répondent maintenant.",

  // One panel.
  tabs: { raters: "Évaluateurs", results: "Résultats", about: "À propos" },
  tabsLabel: "Parties du panel",
  close: "Fermer",
  closeTitle: "Fermer ce panel ?",
  closeText:
    "Aucun vote n’est plus accepté, et les liens expirent. Les résultats restent. Il ne pourra pas être rouvert.",
  closed: "Le panel est fermé.",
  delete: "Supprimer…",
  deleteTitle: "Supprimer ce panel ?",
  deleteText: "Ses réponses, évaluateurs, votes et résultats disparaissent définitivement.",
  deleted: "Le panel est supprimé.",
  invite: "Inviter",
  inviteTitle: "Inviter des évaluateurs",
  inviteNames: "Leurs noms, un par ligne",
  inviteNamesHint: "Conservés avec leurs votes. La page qu’ils ouvrent le leur dit.",
  inviteDays: "Validité des liens, en jours",
  linksTitle: "Envoyez chaque lien à une seule personne",
  linksText:
    "Ils sont affichés cette seule fois : seule une empreinte est conservée. Toute personne ayant un lien peut voter avec.",
  linksDone: "Je les ai envoyés",
  copyAll: "Tout copier",
  copyLink: (name: string) => `Copier le lien de ${name}`,
  ratersTable: "Qui est invité, et où chacun en est",
  progress: "Fait",
  progressOf: (done: string, of: string) => `${done} sur ${of}`,
  lastVote: "Dernier vote",
  linkEnds: "Expiration du lien",
  linkStates: { live: "ouvert", expired: "expiré", revoked: "révoqué" },
  revoke: "Révoquer le lien",
  revokeTitle: (name: string) => `Révoquer le lien de ${name}\u202f?`,
  revokeText: "Il ne fonctionnera plus désormais. Les votes déjà donnés restent.",
  revoked: (name: string) => `Le lien de ${name} est révoqué.`,
  noRaters: "Personne n’est encore invité",
  noRatersText:
    "Avec cinq personnes ou plus, le résultat vaut pour les gens en général ; deux ou trois suffisent pour les comparer entre elles.",
  overall: (done: string, of: string) => `${done} votes sur ${of}`,

  // Results.
  noVotes: "Pas encore de vote",
  noVotesText:
    "Dès que le premier évaluateur a répondu, les résultats figurent ici. Ils changent jusqu’à la fermeture du panel.",
  early:
    "Fixez un nombre de votes avant de regarder : les résultats qui semblent nets en cours de route ne le sont souvent pas.",
  usedOf: (used: string, all: string) =>
    `${used} votes sur ${all} comptent\u00a0: les témoins, les répétitions et les évaluateurs écartés ne comptent pas.`,
  winTitle: "Qui l’emporte",
  win: (name: string, share: string) => `${name} est préféré dans ${share} des cas`,
  against: (first: string, second: string) => `${first} contre ${second}`,
  interval: (low: string, high: string) => `Sûr à 95\u00a0%\u00a0: entre ${low} et ${high}`,
  sure: "La différence est sûre.",
  notSure: "Cela ne permet pas de dire lequel est meilleur.",
  counts: (wins: string, ties: string, bad: string, losses: string) =>
    `meilleur ${wins}, aucune différence ${ties}, mauvais tous deux ${bad}, moins bon ${losses}`,
  neededThis: (votes: string) => `Environ ${votes} votes rendraient cette différence sûre.`,
  neededFive: (votes: string) => `${votes} votes feraient apparaître une différence de 5 points.`,
  meanTitle: "Notes moyennes, de 1 à 5",
  rankTitle: "Force",
  rankAbout:
    "Modèle de Bradley et Terry : de deux concurrents, le meilleur est préféré avec une cote de e puissance la différence. Le rang est une plage : ce que les intervalles laissent ouvert.",
  rankTable: "Force de chaque concurrent",
  contestant: "Concurrent",
  strength: "Force",
  drawn: "Intervalle, rééchantillonné",
  equalLength: "À longueur égale",
  rank: "Rang",
  rankRange: (best: string, worst: string) => (best === worst ? best : `${best} à ${worst}`),
  notConnected: "Tous n’ont pas été comparés les uns aux autres, donc ces forces ne peuvent pas être comparées.",
  agreeTitle: "Les évaluateurs sont-ils d’accord ?",
  alpha: (value: string, low: string, high: string) => `Alpha de Krippendorff ${value} (${low} à ${high})`,
  alphaNone:
    "L’alpha de Krippendorff ne peut être donné : trop peu de réponses ont été jugées par deux personnes, ou toutes l’ont été de même.",
  alphaHigh: "Ils disent la même chose pour l’essentiel.",
  alphaUsual:
    "Comme d’habitude pour des réponses toutes deux fluides : un vote isolé dit peu, tous ensemble disent quelque chose.",
  alphaLow: "À peine plus que par hasard : les réponses se valent peut-être, ou les consignes ne sont pas claires.",
  left: (share: string) =>
    `Celle de gauche a été choisie dans ${share} des votes tranchés\u202f; la moitié serait l’équilibre.`,
  ratersFigures: "Les évaluateurs",
  ratersFiguresTable: "Ce que les votes disent de chaque évaluateur",
  controls: "Témoins réussis",
  repeats: "Même réponse à nouveau",
  agreement: "D’accord avec les autres",
  drift: "Au début et à la fin",
  driftTo: (early: string, late: string) => `${early} → ${late}`,
  seconds: "Secondes",
  keep: "Compte",
  counted: (name: string) => `Les votes de ${name} comptent`,
  leftOut: "écarté",
  keepAll: "Garder aussi ceux qui ont échoué aux témoins",
  notes: "Notes",
  remarks: "Ce qu’ils ont écrit",
  remarksTable: "Commentaires des évaluateurs",
  rater: "Évaluateur",
  question: "Question",
  preferred: "Son choix",
  choices: { tie: "aucune différence", bad: "mauvais tous deux" },
  comment: "Commentaire",
  exportVotes: "Exporter les votes (CSV)",
  exportResults: "Exporter les résultats (CSV)",

  // About it.
  instructionsShown: "Consignes aux évaluateurs",
  contestantsShown: "Réponses de qui (les évaluateurs ne le voient jamais)",
  facts: (items: number, controls: number, each: string) =>
    `${count(items, { one: "# élément", many: "# d’éléments", other: "# éléments" })} et ${count(controls, { one: "# témoin", many: "# de témoins", other: "# témoins" })} à réponse connue\u202f; chaque évaluateur en juge ${each}.`,
  identical: (n: number) =>
    count(n, {
      one: "# question a reçu des deux la même réponse mot pour mot : elle n’est soumise à personne.",
      many: "# de questions ont reçu des deux la même réponse mot pour mot : elles ne sont soumises à personne.",
      other: "# questions ont reçu des deux la même réponse mot pour mot : elles ne sont soumises à personne.",
    }),
};
