import type { Texts } from "../text";

export const widget: Texts["widget"] = {
  new: "Conversación nueva",
  close: "Cerrar el chat",
  forget: "Eliminar lo que he dicho",
  forgetTitle: "¿Eliminar todo lo que ha dicho aquí?",
  forgetNote: "Sus conversaciones de este chat se eliminan para siempre, y también lo que se aprendió de ellas.",
  forgetYes: "Eliminar todo",
  forgetNo: "Conservarlo",
  forgotten: "Se ha eliminado todo lo que dijo aquí.",
  consentTitle: "Antes, una pregunta",
  consentNote: "El chat funciona en cualquier caso.",
  agree: "De acuerdo",
  decline: "No, gracias",
  refusedTitle: "El chat no está disponible aquí",
};
