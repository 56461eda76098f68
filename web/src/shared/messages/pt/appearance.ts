import type { Texts } from "../text";

export const theme: Texts["theme"] = {
  title: "Aparência",
  light: "Claro",
  dark: "Escuro",
  system: "Igual ao sistema",
  contrast: "Alto contraste",
};

export const shortcuts: Texts["shortcuts"] = {
  title: "Atalhos do teclado",
  close: "Fechar",
  send: "Enviar a mensagem",
  newline: "Nova linha",
  stop: "Parar a resposta ou sair de um formulário",
  editLast: "Editar sua última mensagem (com a caixa vazia)",
  newConversation: "Nova conversa",
  search: "Pesquisar conversas",
  sidebar: "Mostrar ou ocultar as conversas",
  focus: "Ir para a caixa de mensagem",
  help: "Esta lista",
  or: "ou",
};

export const language: Texts["language"] = {
  title: "Idioma",
};
