import type { Texts } from "../text";
import { count } from "./count";

export const chat: Texts["chat"] = {
  log: "Conversación",
  you: "Su mensaje",
  answerOf: (name: string) => `Respuesta de ${name}`,
  answering: (name: string) => `${name} está respondiendo`,
  answered: (name: string, answer: string) => `${name}: ${answer}`,
  retrying: "Se perdió la conexión. Retomando la respuesta…",
  stoppedNote: "Detenida.",
  interruptedNote: "La respuesta se interrumpió.",
  failedNote: "La respuesta falló.",
  emptyNote: "La respuesta está vacía.",
  notSent: "Este mensaje no se envió.",
  noRetry: "No se inició ninguna respuesta nueva.",
  toBox: "Devolverlo al cuadro de mensaje",
  leftOut: (n: number) =>
    count(n, {
      one: "El mensaje más antiguo no se mostró al modelo.",
      many: "Los # de mensajes más antiguos no se mostraron al modelo.",
      other: "Los # mensajes más antiguos no se mostraron al modelo.",
    }),
  earlier: (n: number) =>
    count(n, {
      one: "Mostrar el mensaje anterior",
      many: "Mostrar # de mensajes anteriores",
      other: "Mostrar # mensajes anteriores",
    }),
  jump: "Ir al último mensaje",
  suggestions: "Preguntas sugeridas",
  automated: "Está hablando con un asistente automático. Puede equivocarse.",
};

export const composer: Texts["composer"] = {
  label: "Mensaje",
  placeholder: (name: string) => `Escriba a ${name}`,
  send: "Enviar",
  stop: "Detener",
  stopping: "Deteniendo…",
  tooLong: (length: number, most: number) =>
    `Este mensaje tiene ${length} caracteres y se pueden enviar ${most} de una vez. Acórtelo o envíelo por partes.`,
};

export const actions: Texts["actions"] = {
  copy: "Copiar",
  copied: "Copiado",
  copyFailed: "El navegador no permitió copiar. Seleccione el texto y cópielo usted.",
  copyCode: "Copiar el código",
  retry: "Responder de nuevo",
  edit: "Editar",
  good: "Buena respuesta",
  bad: "Mala respuesta",
  previous: "Versión anterior",
  next: "Versión siguiente",
  version: (n: number, total: number) => `Versión ${n} de ${total}`,
  versions: "Versiones",
};

export const edit: Texts["edit"] = {
  label: "Editar su mensaje",
  save: "Enviar",
  cancel: "Cancelar",
  note: "La versión anterior se conserva; puede pasar de una a otra.",
};

export const feedback: Texts["feedback"] = {
  title: { up: "¿Qué le pareció bien?", down: "¿Qué estaba mal?" },
  comment: "Comentario (opcional)",
  correction: "¿Cuál debería haber sido la respuesta? (opcional)",
  start: "Partir de la respuesta dada",
  send: "Enviar",
  close: "Cerrar",
  remove: "Quitar la valoración",
  saved: { up: "Gracias. Valorada como buena.", down: "Gracias. Valorada como mala." },
  sent: "Gracias. Su opinión se ha enviado.",
  removed: "Valoración quitada.",
};

export const routes: Texts["routes"] = {
  generated: { label: "Generada", hint: "Escrita por el modelo." },
  refused: {
    label: "Declinada",
    hint: "El asistente no respondió porque no estaba seguro o porque queda fuera de su ámbito.",
  },
  curated: { label: "Revisada", hint: "Una respuesta que ha revisado una persona." },
  retrieved: { label: "De los documentos", hint: "Tomada de los documentos que figuran como fuentes." },
  known: { label: "Respuesta conocida", hint: "Una respuesta ya conocida para preguntas como esta." },
};

export const sources: Texts["sources"] = {
  title: (n: number) => count(n, { one: "1 fuente", many: "# de fuentes", other: "# fuentes" }),
  untitled: "Fuente sin título",
};

export const markdown: Texts["markdown"] = {
  image: (alt: string, host: string) => `Imagen no cargada: ${alt || "sin descripción"} (${host})`,
  external: (host: string) => `abre ${host} en una pestaña nueva`,
  code: "Código",
  table: "Tabla",
  task: "Tarea",
  all: "Mostrar todo",
  allLines: (n: number) => `Mostrar las ${n} líneas`,
  allRows: (n: number) => `Mostrar las ${n} filas`,
  allItems: (n: number) => `Mostrar los ${n} elementos`,
};
