import { count } from "../../fr/count";
import type { ConsoleTexts } from "../text";

export const knowledge: ConsoleTexts["knowledge"] = {
  title: "Connaissances",
  about:
    "Les documents d’après lesquels le bot répond. Un changement compte en quelques secondes, et chacun peut être annulé.",
  readNow: "Tout relire",
  reading: "Lecture…",
  tabs: { documents: "Documents", addresses: "Adresses", versions: "Versions", search: "Recherche d’essai" },
  status: {
    counts: (documents: number, passages: number) =>
      `${count(documents, { one: "# document", many: "# de documents", other: "# documents" })}, ${count(passages, { one: "# passage", many: "# de passages", other: "# passages" })}`,
    readAt: (when: string) => `Date de cette version\u00a0: ${when}.`,
    watched: "Les fichiers sont lus dès qu’ils changent.",
    unwatched: "Les fichiers sont lus quand quelqu’un le demande.",
    everyMinutes: (minutes: number) =>
      count(minutes, {
        one: "Les adresses sont lues toutes les minutes.",
        many: "Les adresses sont lues toutes les # de minutes.",
        other: "Les adresses sont lues toutes les # minutes.",
      }),
    noClock: "Les adresses sont lues quand quelqu’un le demande.",
    readingNow: (what: string) => (what ? `Lecture\u00a0: ${what}` : "Lecture…"),
    problems: (n: number) =>
      count(n, {
        one: "# n’a pas pu être lu",
        many: "# n’ont pas pu être lus",
        other: "# n’ont pas pu être lus",
      }),
    byMeaning: (done: number, all: number) => `Trouvés aussi par le sens\u00a0: ${done} passages sur ${all}`,
    failed: (why: string) => `Non lu\u00a0: ${why}`,
  },
  held: {
    text: "La recherche porte sur une version antérieure. Les documents modifiés depuis ne comptent pas tant que vous n’êtes pas revenu à la version actuelle.",
    forward: "Revenir à ce qui est là maintenant",
    done: "La recherche porte sur ce qui est là maintenant.",
  },
  done: {
    nothing: "Rien n’a changé.",
    synced: (added: number, changed: number, removed: number) =>
      [
        added
          ? count(added, {
              one: "# document ajouté",
              many: "# de documents ajoutés",
              other: "# documents ajoutés",
            })
          : "",
        changed
          ? count(changed, {
              one: "# document modifié",
              many: "# de documents modifiés",
              other: "# documents modifiés",
            })
          : "",
        removed
          ? count(removed, {
              one: "# document supprimé",
              many: "# de documents supprimés",
              other: "# documents supprimés",
            })
          : "",
      ]
        .filter(Boolean)
        .join(", ") + ".",
    undone: "Annulé.",
  },
  documents: {
    caption: "Documents",
    search: "Rechercher par nom",
    order: "Ordre",
    orders: { name: "Nom", newest: "Les plus récents d’abord", passages: "Le plus de passages d’abord" },
    trouble: "Seulement ceux à vérifier",
    delete: (n: number) =>
      count(n, {
        one: "Supprimer # document",
        many: "Supprimer # de documents",
        other: "Supprimer # documents",
      }),
    document: "Document",
    notes: "Notes",
    passages: "Passages",
    cited: "Réponses en 30 jours",
    size: "Taille",
    at: "Modifié",
    marks: (n: number) =>
      count(n, {
        one: "# ordre à des machines",
        many: "# d’ordres à des machines",
        other: "# ordres à des machines",
      }),
    twin: "même contenu deux fois",
    kinds: { file: "Fichier", page: "Page web", listed: "Page web d’une liste" },
    none: "Pas encore de document",
    noneText:
      "Envoyez ce sur quoi vos clients posent des questions : horaires, prix, règles, modes d’emploi. Ou ajoutez une adresse de votre site.",
    noneFit: "Aucun résultat",
    noneFitText: "Cherchez autre chose, ou affichez tout.",
    narrow: (total: number) => `Il y en a ${total}. Recherchez par nom pour voir les autres.`,
  },
  upload: {
    open: "Envoyer des documents",
    about: "Ils sont lus aussitôt. Rien ne change pour le bot avant que vous ayez vu l’effet.",
    dropHere: "Déposez les fichiers ici",
    choose: "Choisir des fichiers",
    limits: (endings: string, largest: string) => `${endings}, jusqu’à ${largest} chacun`,
    tooLarge: "Ce fichier est trop volumineux. Divisez-le, puis réessayez.",
    wrongKind: (endings: string) =>
      `Les fichiers de ce type ne sont pas lus. Choisissez l’un de ceux-ci\u00a0: ${endings}.`,
    leaveOut: (name: string) => `Laisser ${name} de côté`,
    progress: (name: string) => `Envoi de ${name}`,
    read: (passages: number, size: string) =>
      `${count(passages, { one: "# passage", many: "# de passages", other: "# passages" })}, ${size}`,
    same: "est déjà là, inchangé",
    replaces: "remplace celui du même nom",
    marks: (n: number) =>
      count(n, {
        one: "# ordre à des machines",
        many: "# d’ordres à des machines",
        other: "# ordres à des machines",
      }),
    look: "Montrer l’effet",
    looking: "Examen…",
    take: (n: number) =>
      count(n, {
        one: "Prendre # document",
        many: "Prendre # de documents",
        other: "Prendre # documents",
      }),
  },
  difference: {
    kinds: { added: "nouveau", changed: "modifié", removed: "supprimé", same: "comme avant" },
    passages: (added: number, changed: number, gone: number, same: number) =>
      `Passages\u00a0: ${
        [
          added ? count(added, { one: "# nouveau", many: "# nouveaux", other: "# nouveaux" }) : "",
          changed ? count(changed, { one: "# modifié", many: "# modifiés", other: "# modifiés" }) : "",
          gone ? count(gone, { one: "# disparu", many: "# disparus", other: "# disparus" }) : "",
          same ? `${same} comme avant` : "",
        ]
          .filter(Boolean)
          .join(", ") || "aucun"
      }.`,
    twin: (name: string) => `A le même contenu que ${name}, et n’est conservé qu’une fois.`,
    cited: (n: number) =>
      count(n, {
        one: "# réponse des 30 derniers jours repose dessus.",
        many: "# de réponses des 30 derniers jours reposent dessus.",
        other: "# réponses des 30 derniers jours reposent dessus.",
      }),
    morePassages: (n: number) =>
      count(n, {
        one: "Et # autre passage.",
        many: "Et # d’autres passages.",
        other: "Et # autres passages.",
      }),
  },
  plan: {
    stale: (names: readonly string[]) =>
      `Quelqu’un d’autre a modifié ${names.join(", ")} entre-temps. Ci-dessous, la différence avec sa version, qui serait remplacée.`,
    elsewhere:
      "Ceux-ci changeraient aussi, parce que le dossier a été modifié ailleurs ou que la recherche porte sur une version antérieure :",
    cases: "Cas de test",
    tooMany: "Il y en a trop pour les essayer à l’avance. Ils seront posés de nouveau après le changement.",
    noCases: "Il n’y en a pas encore. Les corrections vérifiées deviennent des cas de test.",
    noneMoved: (n: number) =>
      count(n, {
        one: "Le seul qui existe trouve le même passage.",
        many: "Tous (#) trouvent les mêmes passages qu’avant.",
        other: "Tous (#) trouvent les mêmes passages qu’avant.",
      }),
    moved: (n: number, all: number) => `${n} sur ${all} trouveraient d’abord un autre passage\u00a0:`,
    before: "Avant :",
    after: "Après :",
    nothing: "rien qui convienne",
  },
  remove: {
    title: (n: number) =>
      count(n, {
        one: "Supprimer ce document ?",
        many: "Supprimer # de documents ?",
        other: "Supprimer # documents ?",
      }),
    text: "Il ne sert plus aux réponses, tout de suite, et il disparaît aussi des versions antérieures. Vous pouvez annuler sur cette page.",
    action: "Supprimer",
    wait: "Attendez de savoir ce qui repose dessus.",
    passages: (n: number) => count(n, { one: "# passage", many: "# de passages", other: "# passages" }),
    cited: (n: number) =>
      count(n, {
        one: "# réponse des 30 derniers jours repose dessus.",
        many: "# de réponses des 30 derniers jours reposent dessus.",
        other: "# réponses des 30 derniers jours reposent dessus.",
      }),
    notCited: "Aucune réponse des 30 derniers jours ne repose dessus.",
    cases: (n: number) =>
      count(n, {
        one: "# cas de test trouverait autre chose :",
        many: "# de cas de test trouveraient autre chose :",
        other: "# cas de test trouveraient autre chose :",
      }),
    final: "Définitivement",
    finalHint:
      "Aucune copie n’est conservée : impossible d’annuler. Pour les documents qui n’auraient jamais dû être ici.",
  },
  view: {
    edit: "Modifier le texte",
    delete: "Supprimer",
    passages: (n: number) => count(n, { one: "# passage", many: "# de passages", other: "# passages" }),
    page: (n: number) => `page ${n}`,
    place: (start: number, end: number) => `caractères ${start} à ${end}`,
    order: (text: string) => `S’adresse à des machines\u00a0: «\u00a0${text}\u00a0»`,
    changed: (when: string) => `modifié ${when}`,
    characters: (n: string) => `${n} caractères`,
    cited: (n: number) =>
      count(n, {
        one: "# réponse en 30 jours",
        many: "# de réponses en 30 jours",
        other: "# réponses en 30 jours",
      }),
    twin: (name: string) => `Il a le même contenu que ${name}, et n’est conservé qu’une fois.`,
    label: (label: string) => `Pour ceux qui ont l’étiquette ${label}.`,
    marks:
      "Un passage donne des ordres à des machines. Il est montré au modèle comme une citation ; mieux vaut le retirer.",
  },
  edit: {
    label: (name: string) => `Texte de ${name}`,
    look: "Montrer l’effet",
    replaceTheirs: "Remplacer sa version par la mienne",
  },
  addresses: {
    about: "Les pages, sitemaps et flux que le bot va chercher. Il ne va chercher rien d’autre sur le web.",
    caption: "Adresses",
    label: "Adresse d’une page, d’un sitemap ou d’un flux",
    hint: "Elle est d’abord examinée : vous apprenez ce qui s’y trouve, ou pourquoi elle ne peut pas être lue.",
    add: "Ajouter",
    looking: "Examen…",
    addedPage: (title: string) => `${title}\u00a0: page ajoutée, lecture en cours.`,
    addedList: (n: number) =>
      count(n, {
        one: "Une liste de # page est ajoutée ; lecture en cours.",
        many: "Une liste de # de pages est ajoutée ; lecture en cours.",
        other: "Une liste de # pages est ajoutée ; lecture en cours.",
      }),
    address: "Adresse",
    pages: "Documents",
    fixed: "dans bot.toml",
    remove: "Retirer",
    removeOne: (url: string) => `Retirer ${url}`,
    removed: "L’adresse est retirée, ainsi que ce qui en avait été lu.",
    none: "Aucune adresse",
    noneText: "Ajoutez la page de vos horaires d’ouverture, ou le sitemap de votre site.",
    rules: (pages: number) =>
      `Seulement des hôtes publics, en http et https. Au plus ${pages} pages par liste, des hôtes que vous avez indiqués\u202f; robots.txt est respecté.`,
  },
  versions: {
    about:
      "Chaque changement crée une version. Revenir à l’une d’elles la rend de nouveau active pour la recherche ; ce qui a été supprimé depuis ne revient pas.",
    caption: "Versions",
    made: "Version",
    current: "active maintenant",
    documents: "Documents",
    lacking: "Supprimés depuis",
    actions: "Que faire de cette version",
    whatChanged: "Ce qu’elle a changé",
    toNow: "D’elle à maintenant",
    goBack: "Y revenir",
    goBackTitle: "Chercher de nouveau dans cette version ?",
    goBackText: (when: string, lacking: number) =>
      `Le bot répond d’après les documents tels qu’ils étaient ${when}, jusqu’à ce que quelqu’un revienne à la version actuelle. Les fichiers ne sont pas touchés.${
        lacking
          ? ` ${count(lacking, { one: "# document supprimé depuis reste absent.", many: "# de documents supprimés depuis restent absents.", other: "# documents supprimés depuis restent absents." })}`
          : ""
      }`,
    rolledBack: "La recherche porte maintenant sur une version antérieure.",
    none: "Pas encore de version",
    noneText: "Le premier document crée la première version.",
    edits: "Changements faits sur cette page",
    fromTo: (before: string, after: string) => `De ${before} à ${after}`,
    nothing: "Aucune différence.",
    moreDocuments: (n: number) =>
      count(n, {
        one: "Et # autre document.",
        many: "Et # d’autres documents.",
        other: "Et # autres documents.",
      }),
  },
  edits: {
    none: "Aucun pour l’instant. Ce qui change dans le dossier lui-même crée aussi des versions.",
    tookBack: "Annulé :",
    added: (name: string) => `${name} ajouté`,
    changed: (name: string) => `${name} modifié`,
    deleted: (name: string) => `${name} supprimé`,
    by: (who: string, when: string) => `${who}, ${when}`,
    undone: "annulé",
    final: "définitivement",
  },
  search: {
    label: "Une question, telle qu’on pourrait la poser",
    placeholder: "Quels sont vos horaires d’ouverture ?",
    ask: "Rechercher",
    as: "Posée par",
    everybody: "tout le monde",
    compare: "Comparer avec",
    empty: "Que trouverait-il ?",
    emptyText: "Vous voyez les passages avec leurs scores, ce que dirait le bot, et pourquoi.",
    found: (hits: number, all: number) =>
      `${count(hits, { one: "# passage", many: "# de passages", other: "# passages" })} sur ${all}`,
    nothing: (unknown: number, words: number) =>
      words > 0 && unknown === words
        ? "Aucun résultat : aucun de ces mots ne figure dans un document."
        : "Aucun résultat.",
    now: "Dans la version active",
    then: "Dans cette version",
    covers: (share: string) => `${share} des mots de la question`,
    bm25: (score: string) => `score des mots ${score}`,
    cosine: (score: string) => `sens ${score}`,
  },
  route: {
    title: "Ce que dirait le bot",
    routes: {
      curated: "réponse de référence",
      retrieved: "d’après ce qui est connu",
      generated: "rédigée par le modèle",
      refused: "refusée",
    },
    why: "Pourquoi",
    needs: (least: string) => `Une réponse doit être sûre à ${least} pour être donnée.`,
    kinds: {
      curated: "une réponse de référence",
      standard: "une réponse des données",
      quoted: "une citation d’un document",
      generated: "ce que le modèle rédige",
    },
    declines: "(il décline)",
    ungrounded: (facts: string) => `Ne figure dans rien de ce qui est connu\u00a0: ${facts}`,
  },
};
