import type { Texts } from "../text";

export const widget: Texts["widget"] = {
  new: "Neue Unterhaltung",
  close: "Chat schließen",
  forget: "Löschen, was ich gesagt habe",
  forgetTitle: "Alles löschen, was Sie hier gesagt haben?",
  forgetNote:
    "Ihre Unterhaltungen in diesem Chat werden endgültig gelöscht, und was daraus gelernt wurde, verschwindet ebenfalls.",
  forgetYes: "Alles löschen",
  forgetNo: "Behalten",
  forgotten: "Alles, was Sie hier gesagt haben, wurde gelöscht.",
  consentTitle: "Vorab eine Frage",
  consentNote: "Der Chat funktioniert in jedem Fall.",
  agree: "Ich stimme zu",
  decline: "Nein, danke",
  refusedTitle: "Der Chat ist hier nicht verfügbar",
};
