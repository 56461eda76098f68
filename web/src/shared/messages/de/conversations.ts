import type { Texts } from "../text";

export const conversations: Texts["conversations"] = {
  title: "Unterhaltungen",
  new: "Neue Unterhaltung",
  untitled: "Neue Unterhaltung",
  search: "Unterhaltungen durchsuchen",
  none: "Noch keine Unterhaltungen.",
  noMatch: (search: string) => `Nichts gefunden für „${search}“.`,
  failed: "Die Liste konnte nicht geladen werden.",
  more: (title: string) => `Mehr zu „${title}“`,
  rename: "Umbenennen",
  renameLabel: "Neuer Titel",
  renameFailed: (why: string) => `Nicht umbenannt. ${why}`,
  delete: "Löschen",
  deleteTitle: "Diese Unterhaltung löschen?",
  deleteText: (title: string) => `„${title}“ wird mit allen Antworten endgültig gelöscht.`,
  cancel: "Abbrechen",
  deleted: "Unterhaltung gelöscht.",
  show: "Unterhaltungen einblenden",
  hide: "Unterhaltungen ausblenden",
  groups: { pinned: "Angeheftet", today: "Heute", yesterday: "Gestern", week: "Letzte 7 Tage", older: "Älter" },
};
