import type { ConsoleTexts } from "../text";

export const widget: ConsoleTexts["widget"] = {
  title: "Widget",
  about: "Le chat sur vos propres sites : une balise script, un bouton dans le coin, et la conversation dans un cadre.",
  sites: "Sites qui peuvent l’afficher",
  sitesOff: "Désactivé : aucun site n’est indiqué, donc aucun ne peut afficher le chat.",
  sitesNote:
    "Les navigateurs refusent le chat sur tout site qui n’est pas indiqué, et le serveur ne donne rien à ses pages.",
  add: "Ajouter",
  addLabel: "Un autre site",
  addHint:
    "Son adresse, comme https://shop.example. Les autres pages du site sont comprises ; les autres noms, comme www., ne le sont pas.",
  notSite: "Ce n’est pas l’adresse d’un site. Écrivez-la comme https://shop.example.",
  remove: (site: string) => `Retirer ${site}`,
  added: (site: string) => `${site} peut afficher le chat.`,
  removed: (site: string) => `${site} ne peut plus afficher le chat.`,
  undone: "Comme avant.",
  looks: "Son apparence",
  looksNote:
    "L’image ci-dessous montre ce que vous choisissez ici avant l’enregistrement. La balise script d’un site peut indiquer autre chose.",
  accent: "Couleur du bouton et de l’en-tête",
  theme: "Clair ou sombre",
  themes: { auto: "Comme l’appareil du visiteur", light: "Clair", dark: "Sombre" },
  position: "Coin",
  positions: {
    end: "Où finissent les lignes (à droite, en français)",
    start: "Où commencent les lignes (à gauche, en français)",
  },
  label: "Mots à côté de l’icône",
  labelHint: "Vide : l’icône seule.",
  greeting: "Message d’accueil dans le chat",
  greetingHint: "Vide : le message d’accueil du bot. Il apparaît dans l’image une fois enregistré.",
  invitation: "Invitation",
  invitationHint: "Une phrase qui apparaît d’elle-même à côté du bouton. Vide : jamais. Qui la ferme ne la revoit pas.",
  seconds: "Inviter après combien de secondes",
  paths: "Inviter seulement sur ces pages",
  pathsHint: "Des chemins, un par ligne, comme /prix/*. Vide : sur toutes les pages.",
  consent: "Demander le consentement avant le premier message",
  consentHint:
    "La question est celle des paramètres de confidentialité. Le chat fonctionne quelle que soit la réponse.",
  share: "Laisser les scripts du site lire ce qui est dit",
  shareHint: "Sinon, ils apprennent qu’il y a eu un message, mais pas ce qu’il dit.",
  save: "Enregistrer",
  saved: "Enregistré. Les sites l’affichent d’ici cinq minutes.",
  preview: "L’essayer",
  previewTitle: "Une page d’un site fictif avec le widget",
  previewOpen: "Ouvrir dans une fenêtre à part",
  tag: "Balise script pour votre site",
  tagNote: "Placez cette ligne dans le head ou à la fin du body de chaque page qui doit avoir le chat.",
  tagLabel: "Copier la balise script",
  policy: "Si votre site a une Content-Security-Policy, il lui faut ces deux sources, et rien en ligne :",
  policyLabel: "Copier les sources de la politique",
  users: "Utilisateurs de votre site",
  identity: {
    off: "Le chat ne sait pas qui est connecté à votre site. Pour retrouver la même conversation sur tous les appareils d’un utilisateur, indiquez une variable d’environnement dans identity_secret_env, section [widget] de bot.toml.",
    ready: (variable: string) =>
      `Votre site peut se porter garant de ses utilisateurs avec le secret contenu dans ${variable}.`,
    missing: (variable: string) =>
      `${variable} n’est pas définie, ou compte moins de 32 caractères\u00a0: personne ne peut être garanti. Définissez-la là où le serveur démarre.`,
  },
};
