import type { Texts } from "../text";

export const conversations: Texts["conversations"] = {
  title: "Conversas",
  new: "Nova conversa",
  untitled: "Nova conversa",
  search: "Pesquisar conversas",
  none: "Nenhuma conversa ainda.",
  noMatch: (search: string) => `Nada encontrado para “${search}”.`,
  failed: "Não foi possível carregar a lista.",
  more: (title: string) => `Mais opções de “${title}”`,
  rename: "Renomear",
  renameLabel: "Novo título",
  renameFailed: (why: string) => `Não renomeada. ${why}`,
  delete: "Excluir",
  deleteTitle: "Excluir esta conversa?",
  deleteText: (title: string) => `“${title}” e suas respostas serão excluídas para sempre.`,
  cancel: "Cancelar",
  deleted: "Conversa excluída.",
  show: "Mostrar conversas",
  hide: "Ocultar conversas",
  groups: { pinned: "Fixadas", today: "Hoje", yesterday: "Ontem", week: "Últimos 7 dias", older: "Mais antigas" },
};
