import type { Texts } from "../text";

export const account: Texts["account"] = {
  title: "Connexion",
  name: "Nom",
  password: "Mot de passe",
  logIn: "Se connecter",
  againTitle: "Reconnectez-vous",
  again:
    "Votre session est terminée. Rien n’est perdu : ce que vous avez écrit reste ici, et la réponse en cours continue.",
  logOut: (name: string) => `Se déconnecter (${name})`,
  toFirst: "J’ai le jeton du premier propriétaire",
  toLogin: "Se connecter plutôt",
  firstTitle: "Le compte du premier propriétaire",
  token: "Jeton",
  newPassword: "Nouveau mot de passe, au moins 12 caractères",
  make: "Créer le compte",
  invitationTitle: (bot: string) => `Invitation à rejoindre ${bot}`,
  invitationText: (role: string) => `Choisissez un nom et un mot de passe. Vous aurez ${role}.`,
  invitationBad: "Cette invitation ne peut pas être utilisée",
  roles: {
    owner: "le rôle de propriétaire",
    editor: "le rôle d’éditeur",
    reviewer: "le rôle de relecteur",
    visitor: "le rôle de visiteur",
  },
  toChat: "Vers le chat",
  console: "Console : gérer le bot",
};
