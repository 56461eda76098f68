import type { Texts } from "../text";

export const conversations: Texts["conversations"] = {
  title: "Conversaciones",
  new: "Conversación nueva",
  untitled: "Conversación nueva",
  search: "Buscar conversaciones",
  none: "Todavía no hay conversaciones.",
  noMatch: (search: string) => `No se encontró nada para «${search}».`,
  failed: "No se pudo cargar la lista.",
  more: (title: string) => `Más opciones para «${title}»`,
  rename: "Cambiar el título",
  renameLabel: "Título nuevo",
  renameFailed: (why: string) => `No se cambió el título. ${why}`,
  delete: "Eliminar",
  deleteTitle: "¿Eliminar esta conversación?",
  deleteText: (title: string) => `«${title}» y sus respuestas desaparecerán para siempre.`,
  cancel: "Cancelar",
  deleted: "Conversación eliminada.",
  show: "Mostrar las conversaciones",
  hide: "Ocultar las conversaciones",
  groups: { pinned: "Fijadas", today: "Hoy", yesterday: "Ayer", week: "Últimos 7 días", older: "Anteriores" },
};
