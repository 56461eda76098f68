import type { Texts } from "../text";

export const account: Texts["account"] = {
  title: "Anmelden",
  name: "Name",
  password: "Passwort",
  logIn: "Anmelden",
  againTitle: "Bitte erneut anmelden",
  again:
    "Ihre Anmeldung ist abgelaufen. Es geht nichts verloren: Was Sie geschrieben haben, bleibt hier stehen, und eine begonnene Antwort läuft weiter.",
  logOut: (name: string) => `${name} abmelden`,
  toFirst: "Ich habe das Token für den ersten Inhaber",
  toLogin: "Stattdessen anmelden",
  firstTitle: "Das Konto des ersten Inhabers",
  token: "Token",
  newPassword: "Neues Passwort, mindestens 12 Zeichen",
  make: "Konto anlegen",
  invitationTitle: (bot: string) => `Einladung zu ${bot}`,
  invitationText: (role: string) => `Wählen Sie einen Namen und ein eigenes Passwort. Sie erhalten die Rolle ${role}.`,
  invitationBad: "Diese Einladung ist nicht verwendbar",
  roles: { owner: "Inhaber", editor: "Redakteur", reviewer: "Prüfer", visitor: "Besucher" },
  toChat: "Zum Chat",
  console: "Konsole: den Bot betreuen",
};
