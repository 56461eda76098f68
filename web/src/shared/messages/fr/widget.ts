import type { Texts } from "../text";

export const widget: Texts["widget"] = {
  new: "Nouvelle conversation",
  close: "Fermer le chat",
  forget: "Supprimer ce que j’ai dit",
  forgetTitle: "Supprimer tout ce que vous avez dit ici ?",
  forgetNote:
    "Vos conversations dans ce chat sont supprimées définitivement, et ce qui en a été appris disparaît aussi.",
  forgetYes: "Tout supprimer",
  forgetNo: "Conserver",
  forgotten: "Tout ce que vous avez dit ici a été supprimé.",
  consentTitle: "Une question d’abord",
  consentNote: "Le chat fonctionne dans tous les cas.",
  agree: "J’accepte",
  decline: "Non, merci",
  refusedTitle: "Le chat n’est pas disponible ici",
};
