import type { ConsoleTexts } from "../text";
import { count } from "../../es/count";

export const audit: ConsoleTexts["audit"] = {
  title: "Registro de auditoría",
  about: "Quién hizo qué con los datos de quién. No contiene palabras de nadie; las personas figuran con seudónimos.",
  caption: "Sucesos, los más recientes primero",
  number: "N.º",
  at: "Cuándo",
  action: "Qué",
  actor: "Quién",
  subject: "A quién",
  detail: "Detalles",
  anything: "Todo",
  person: "Persona",
  personHint: "El nombre de una cuenta, el id de un visitante o un seudónimo.",
  since: "Desde",
  until: "Hasta",
  cli: "línea de comandos",
  system: "el servidor",
  emptyTitle: "No hay sucesos así",
  emptyText: "Nada en el registro coincide con estos filtros.",
  verify: "Comprobar la cadena",
  verifyAbout:
    "Cada fila lleva un hash con clave de sí misma y de la fila anterior. Guarde el hash final en otro lugar: una comprobación posterior puede contrastarse con él.",
  head: "Un hash final anterior (opcional)",
  whole: (n: number) =>
    `El registro está íntegro: ${count(n, { one: "1 fila", many: "# de filas", other: "# filas" })}.`,
  broken: (n: number) =>
    count(n, { one: "Se encontró 1 fallo.", many: "Se encontraron # de fallos.", other: "Se encontraron # fallos." }),
  headIs: "El hash final",
  copyHead: "Copiar el hash final",
  export: "Descargar todo",
  newest: "Volver a los más recientes",
};
