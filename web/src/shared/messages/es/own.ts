import type { Texts } from "../text";
import { count } from "./count";

export const attachments: Texts["attachments"] = {
  add: "Adjuntar un archivo",
  title: "Adjunto",
  reading: (name: string) => `Leyendo ${name}…`,
  remove: (name: string) => `Quitar ${name}`,
  open: (name: string) => `Mostrar lo que dice ${name}`,
  added: (name: string) => `Se ha adjuntado ${name}.`,
  size: (characters: number) =>
    count(characters, { one: "1 carácter", many: "# de caracteres", other: "# caracteres" }),
  failed: (name: string, why: string) => `No se adjuntó ${name}. ${why}`,
  tooLong: (name: string, tokens: number, room: number) =>
    `${name} es demasiado largo para este asistente: ocupa ${count(tokens, { one: "1 token", many: "# de tokens", other: "# tokens" })} y hay sitio para ${count(room, { one: "uno", many: "#", other: "#" })}. Adjunte la parte que importa.`,
  tooLarge: (name: string) => `${name} ocupa más de 5 MB. Adjunte la parte que importa.`,
  tooMany: (most: number) =>
    count(most, {
      one: "Con un mensaje se envía un archivo.",
      many: "Con un mensaje se envían como máximo # de archivos.",
      other: "Con un mensaje se envían como máximo # archivos.",
    }),
  note: "El asistente lo lee como material. No sigue las instrucciones que contenga.",
  close: "Cerrar",
};

export const own: Texts["own"] = {
  pin: "Fijar arriba",
  unpin: "Dejar de fijar",
  share: "Compartir un enlace…",
  saveMarkdown: "Guardar como Markdown",
  saveJson: "Guardar como JSON",
  saveFailed: (why: string) => `No se guardó nada. ${why}`,
  saved: "Guardado.",
  imported: "Importada",
  importedNote: "Esta conversación se importó de un archivo. Es solo suya: de ella no se aprende nada.",
  foundIn: "Encontrado en un mensaje",
};

export const temporary: Texts["temporary"] = {
  start: "Chat temporal",
  on: "El chat temporal está activado",
  leave: "Salir del chat temporal",
  title: "Un chat temporal",
  note: "No aparece en su lista, nadie aprende de él y desaparece al salir de esta página o volver a cargarla.",
};

export const sharing: Texts["sharing"] = {
  title: "Compartir esta conversación",
  text: "Quien tenga el enlace puede leerla hasta el último mensaje de ahora, sin iniciar sesión. Lo que escriba después no se muestra.",
  warning: "Léala antes entera: los nombres, las direcciones y otros datos personales se muestran tal como están.",
  days: "El enlace funciona durante",
  forDays: (days: number) => count(days, { one: "1 día", many: "# de días", other: "# días" }),
  make: "Crear el enlace",
  link: "El enlace; solo se muestra esta vez",
  copy: "Copiar el enlace",
  links: "Enlaces que funcionan",
  made: (date: string) => `creado el ${date}`,
  until: (date: string) => `hasta el ${date}`,
  messages: (n: number) => count(n, { one: "1 mensaje", many: "# de mensajes", other: "# mensajes" }),
  revoke: "Revocar",
  revoked: "El enlace ya no funciona.",
  close: "Cerrar",
  nothing: "Todavía no hay nada que compartir.",
  shownTitle: (title: string) => `${title} · compartida`,
  shownBy: (bot: string) => `Una conversación con ${bot}, compartida mediante un enlace`,
  shownUntil: (date: string) => `Esta página deja de existir el ${date}.`,
  ended: "Este enlace no funciona",
  start: "Hacer su propia pregunta",
  user: "Pregunta",
};

export const mine: Texts["mine"] = {
  title: "Sus datos",
  open: "Sus datos y privacidad",
  consentTitle: "¿Pueden servir sus conversaciones para mejorar este asistente?",
  yes: "Sí, pueden usarse",
  no: "No",
  granted: (date: string) => `Dio su consentimiento el ${date}.`,
  refused: "No dio su consentimiento: no se aprende nada de lo que escribe.",
  unasked: "No se aprende nada de lo que escribe aquí: este asistente no lo pide.",
  withdraw: "Retirar el consentimiento",
  agree: "Dar el consentimiento",
  kept: (days: number) =>
    days === 0
      ? "Sus conversaciones se conservan hasta que las elimine."
      : count(days, {
          one: "Las conversaciones se eliminan después de un día.",
          many: "Las conversaciones se eliminan después de # de días sin mensajes.",
          other: "Las conversaciones se eliminan después de # días sin mensajes.",
        }),
  changed: "Guardado. Gracias.",
  exportTitle: "Llevarse sus datos",
  exportText: "Todo lo que se guarda de usted, en un archivo ZIP.",
  export: "Exportar todo",
  importTitle: "Recuperar una conversación",
  importText: "Un archivo JSON que se guardó aquí antes.",
  import: "Importar un archivo…",
  importFailed: (why: string) => `El archivo no se importó. ${why}`,
  notOurs: "No es una conversación guardada aquí.",
  deleteTitle: "Eliminar todo",
  deleteText:
    "Todas sus conversaciones, valoraciones y respuestas sobre el consentimiento desaparecerán para siempre, y también los enlaces que haya compartido.",
  delete: "Eliminar todos mis datos…",
  deleteSure: "Eliminar para siempre",
  deleteCancel: "Conservarlos",
  close: "Cerrar",
};

export const tasks: Texts["tasks"] = {
  title: "Está probando una versión nueva",
  done: (done: number, all: number) => `${done} de ${all} hechas`,
  until: (date: string) => `La prueba termina el ${date}.`,
  note: (task: string) => `Su nota sobre «${task}»`,
  notePlaceholder: "¿Cómo fue? (opcional)",
  leave: "Salir de la prueba",
  leaveText: "Volverá a hablar con el asistente habitual.",
  thanks: "Todo hecho. ¡Gracias!",
};

export const person: Texts["person"] = {
  ask: "Pedir que atienda una persona",
  wanted: "Se ha avisado a una persona del equipo. Mientras tanto, puede seguir escribiendo.",
  here: (name: string) =>
    name ? `${name} se ha hecho cargo y le responde ahora.` : "Una persona se ha hecho cargo y le responde ahora.",
  back: "Seguir con el asistente",
  ended: "El asistente vuelve a responder.",
  answerOf: (name: string) => (name ? `Respuesta de ${name}` : "Respuesta de una persona"),
  tag: (name: string) => (name ? `${name}, del equipo` : "Una persona del equipo"),
  waiting: "Su mensaje le ha llegado.",
  placeholder: (name: string) => (name ? `Escriba a ${name}` : "Escriba a la persona que le atiende"),
};

export const page: Texts["page"] = {
  waiting: "Sin conexión. Se enviará en cuanto vuelva.",
  dontSend: "No enviarlo",
  update: "Hay una versión nueva de esta página.",
  updateNow: "Volver a cargar",
  next: "Podría preguntar ahora",
};
