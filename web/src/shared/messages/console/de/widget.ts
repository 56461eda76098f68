import type { ConsoleTexts } from "../text";

export const widget: ConsoleTexts["widget"] = {
  title: "Widget",
  about:
    "Der Chat auf Ihren eigenen Websites: ein Script-Tag, eine Schaltfläche in der Ecke und die Unterhaltung in einem Rahmen.",
  sites: "Websites, die ihn zeigen dürfen",
  sitesOff: "Aus: Es ist keine Website aufgeführt, also kann keine den Chat zeigen.",
  sitesNote:
    "Browser verweigern den Chat auf jeder Website, die nicht aufgeführt ist, und der Server gibt deren Seiten nichts.",
  add: "Hinzufügen",
  addLabel: "Weitere Website",
  addHint:
    "Ihre Adresse, wie https://shop.example. Die übrigen Seiten der Website sind eingeschlossen, andere Namen wie www. nicht.",
  notSite: "Das ist keine Adresse einer Website. Schreiben Sie sie wie https://shop.example.",
  remove: (site: string) => `${site} entfernen`,
  added: (site: string) => `${site} darf den Chat zeigen.`,
  removed: (site: string) => `${site} darf den Chat nicht mehr zeigen.`,
  undone: "Wie zuvor.",
  looks: "Wie es aussieht",
  looksNote:
    "Das Bild unten zeigt, was Sie hier wählen, bevor es gespeichert ist. Das Script-Tag einer Website kann etwas anderes angeben.",
  accent: "Farbe der Schaltfläche und des Kopfes",
  theme: "Hell oder dunkel",
  themes: { auto: "Wie das Gerät des Besuchers", light: "Hell", dark: "Dunkel" },
  position: "Ecke",
  positions: {
    end: "Wo Zeilen enden (im Deutschen rechts)",
    start: "Wo Zeilen beginnen (im Deutschen links)",
  },
  label: "Worte neben dem Symbol",
  labelHint: "Leer: nur das Symbol.",
  greeting: "Begrüßung im Chat",
  greetingHint: "Leer: die Begrüßung des Bots. Im Bild erscheint sie, sobald sie gespeichert ist.",
  invitation: "Einladung",
  invitationHint:
    "Ein Satz, der von selbst neben der Schaltfläche erscheint. Leer: nie. Wer ihn schließt, sieht ihn nicht wieder.",
  seconds: "Einladen nach so vielen Sekunden",
  paths: "Nur auf diesen Seiten einladen",
  pathsHint: "Pfade, einer pro Zeile, wie /prices/*. Leer: auf jeder Seite.",
  consent: "Vor der ersten Nachricht um Einwilligung bitten",
  consentHint: "Die Frage ist die aus den Datenschutzeinstellungen. Der Chat funktioniert bei jeder Antwort.",
  share: "Skripte der Website lesen lassen, was gesagt wird",
  shareHint: "Andernfalls erfahren sie, dass es eine Nachricht gab, aber nicht, was darin steht.",
  save: "Speichern",
  saved: "Gespeichert. Websites zeigen es binnen fünf Minuten.",
  preview: "Ausprobieren",
  previewTitle: "Eine Seite einer erfundenen Website mit dem Widget",
  previewOpen: "In einem eigenen Fenster öffnen",
  tag: "Script-Tag für Ihre Website",
  tagNote: "Fügen Sie diese Zeile in den head oder ans Ende des body jeder Seite ein, die den Chat haben soll.",
  tagLabel: "Script-Tag kopieren",
  policy:
    "Wenn Ihre Website eine Content-Security-Policy hat, braucht diese die folgenden zwei Quellen und nichts inline:",
  policyLabel: "Quellen der Policy kopieren",
  users: "Benutzer Ihrer Website",
  identity: {
    off: "Der Chat weiß nicht, wer auf Ihrer Website angemeldet ist. Damit eine Person auf allen ihren Geräten dieselbe Unterhaltung hat, nennen Sie in bot.toml unter [widget] bei identity_secret_env eine Umgebungsvariable.",
    ready: (variable: string) => `Ihre Website kann mit dem Geheimnis in ${variable} für ihre Benutzer bürgen.`,
    missing: (variable: string) =>
      `${variable} ist nicht gesetzt oder hat weniger als 32 Zeichen: Für niemanden kann gebürgt werden. Setzen Sie die Variable dort, wo der Server startet.`,
  },
};
