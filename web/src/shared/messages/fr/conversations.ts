import type { Texts } from "../text";

export const conversations: Texts["conversations"] = {
  title: "Conversations",
  new: "Nouvelle conversation",
  untitled: "Nouvelle conversation",
  search: "Rechercher dans les conversations",
  none: "Aucune conversation pour l’instant.",
  noMatch: (search: string) => `Aucun résultat pour «\u00a0${search}\u00a0».`,
  failed: "La liste n’a pas pu être chargée.",
  more: (title: string) => `Plus d’actions pour «\u00a0${title}\u00a0»`,
  rename: "Renommer",
  renameLabel: "Nouveau titre",
  renameFailed: (why: string) => `Le titre n’a pas été changé. ${why}`,
  delete: "Supprimer",
  deleteTitle: "Supprimer cette conversation ?",
  deleteText: (title: string) => `«\u00a0${title}\u00a0» et ses réponses disparaîtront définitivement.`,
  cancel: "Annuler",
  deleted: "Conversation supprimée.",
  show: "Afficher les conversations",
  hide: "Masquer les conversations",
  groups: {
    pinned: "Épinglées",
    today: "Aujourd’hui",
    yesterday: "Hier",
    week: "7 derniers jours",
    older: "Plus anciennes",
  },
};
