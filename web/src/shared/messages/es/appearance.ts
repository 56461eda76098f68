import type { Texts } from "../text";

export const theme: Texts["theme"] = {
  title: "Apariencia",
  light: "Claro",
  dark: "Oscuro",
  system: "Como el sistema",
  contrast: "Contraste alto",
};

export const shortcuts: Texts["shortcuts"] = {
  title: "Atajos de teclado",
  close: "Cerrar",
  send: "Enviar el mensaje",
  newline: "Línea nueva",
  stop: "Detener la respuesta o salir de un formulario",
  editLast: "Editar su último mensaje (con el cuadro vacío)",
  newConversation: "Conversación nueva",
  search: "Buscar conversaciones",
  sidebar: "Mostrar u ocultar las conversaciones",
  focus: "Ir al cuadro de mensaje",
  help: "Esta lista",
  or: "o",
};

export const language: Texts["language"] = {
  title: "Idioma",
};
