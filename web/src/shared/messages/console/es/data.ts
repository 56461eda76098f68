import type { ConsoleTexts } from "../text";
import { count } from "../../es/count";

/** By kind of reason: why such a row is left out, and what to do to keep rows like it. */
const kinds: ConsoleTexts["data"]["kinds"] = {
  exact: {
    why: "La misma conversación ya está en los datos, salvo mayúsculas y espacios.",
    keep: "No se pierde nada: se aprende de una de ellas.",
  },
  near: {
    why: "Dice casi lo mismo que otra, que se conserva.",
    keep: "Aumente near_duplicates en [data] o póngalo a 0 para conservarlas todas.",
  },
  question: {
    why: "Hace una pregunta con la que se prueba el bot. Si la aprendiera, la prueba no valdría nada.",
    keep: "Quite la pregunta de los casos de prueba, si es más útil para aprender.",
  },
  judged: {
    why: "Su respuesta se juzgó mala y se usaría para probar.",
    keep: "Corrija la respuesta o el juicio.",
  },
  taught: {
    why: "Se reservaba para probar y una corrección revisada enseña su pregunta.",
    keep: "No hay nada que hacer: se aprende la corrección en su lugar.",
  },
  superseded: {
    why: "Una corrección revisada dice que su respuesta es errónea.",
    keep: "Deshaga la corrección en la revisión, si la respuesta era correcta.",
  },
  erased: {
    why: "Nombra a alguien a quien se ha olvidado.",
    keep: "No debe conservarse.",
  },
  long: {
    why: "Un mensaje suyo es más largo de lo permitido.",
    keep: "Aumente max_message_chars en [data] o recorte el texto.",
  },
  repeats: {
    why: "Un mensaje repite lo mismo una y otra vez, y un bot aprendería a hacerlo.",
    keep: "Quite repetition de steps en [data].",
  },
  language: {
    why: "Está en un idioma que el bot no habla.",
    keep: "Añada el idioma a languages en [bot].",
  },
  assistant: {
    why: "Nadie responde en ella, así que no hay nada que aprender.",
    keep: "En un chat entre personas, diga como quién habla el bot al añadir el archivo.",
  },
  user: {
    why: "Nadie pregunta en ella.",
    keep: "En un chat entre personas, diga como quién habla el bot: todos los demás preguntan.",
  },
  json: {
    why: "La línea no está escrita como JSON.",
    keep: "Exporte el archivo de nuevo, con un valor JSON por línea.",
  },
  encoding: {
    why: "La línea tiene bytes que no son texto.",
    keep: "Guarde el archivo como UTF-8 y añádalo de nuevo.",
  },
  textless: {
    why: "Es una imagen, un archivo o algo similar, sin palabras.",
    keep: "Solo se puede aprender de palabras.",
  },
  notice: {
    why: "Es un aviso del programa, como que alguien se ha unido.",
    keep: "No se pierde nada: nadie lo dijo.",
  },
  bot: {
    why: "Lo escribió otro bot.",
    keep: "Indique ese bot como aquel por el que habla el suyo, al añadir el archivo.",
  },
  deleted: {
    why: "Quien lo escribió lo ha eliminado.",
    keep: "No se puede conservar.",
  },
  shape: {
    why: "Le falta lo que este formato necesita, como una pregunta y una respuesta, o tiene un rol desconocido.",
    keep: "Diga qué contiene cada columna, cambie los roles a user y assistant o elija otro formato.",
  },
};

export const data: ConsoleTexts["data"] = {
  title: "Datos",
  about:
    "De qué aprende el bot: los archivos, los conjuntos de datos hechos con ellos y cada fila que se excluyó, con el motivo.",
  build: "Crear un conjunto de datos",
  dataset: "Conjunto de datos",
  datasetNamed: (id: string, when: string, used: boolean) => `${id}, ${when}${used ? ", en uso" : ""}`,
  none: "Todavía no hay ningún conjunto de datos",
  noneText:
    "Añada conversaciones y cree con ellas un conjunto de datos. El entrenamiento también crea uno por sí mismo.",
  tabs: { report: "Informe", rejected: "Excluidas", compared: "Qué cambió", files: "Archivos" },
  splits: {
    train: "para aprender",
    dev: "para vigilar el aprendizaje",
    test: "para probar",
    judged: "juzgada mala",
  },
  roles: { user: "Usuario", assistant: "Bot", system: "Sistema", tool: "Herramienta", evidence: "Evidencia" },
  kinds,
  work: {
    kinds: {
      data: "Creación de un conjunto de datos",
      import: "Adición",
      train: "Entrenamiento",
      evaluate: "Evaluación",
      improve: "Mejora",
    },
    states: {
      running: "en curso",
      done: "hecho",
      failed: "falló",
      stopped: "detenido",
      interrupted: "interrumpido",
    },
    stop: "Detener",
    said: "Lo que dijo",
  },
  report: {
    read: "Filas leídas",
    train: "Entrenamiento",
    trainHint: "de ellas se aprende",
    dev: "Desarrollo",
    devHint: "se vigilan al aprender",
    test: "Prueba",
    testHint: "para las cifras finales",
    rejected: "Excluidas",
    leaking: "Filas de prueba vistas al entrenar",
    leakingHint: "debería ser 0",
    reasons: "Por qué se excluyeron filas",
    noneRejected: "Ninguna: todas las filas están en el conjunto de datos.",
    download: "Descargar el informe",
    hidden: "Lo que se ocultó",
    hiddenOff:
      "Nada: los nombres y los números se aprenden tal como están. Los marcadores se activan en [privacy] de bot.toml.",
    hiddenAbout: "Datos personales que el modelo nunca ve. Los ejemplos muestran lo que ve en su lugar.",
    sources: "Archivos",
    file: "Archivo",
    format: "Formato",
    languages: "Idiomas",
    clusters: "Casi duplicadas",
    clustersAbout:
      "Los grupos más grandes de filas que dicen casi lo mismo. De cada uno se conserva una; mire si de verdad son iguales.",
    topics: "El ámbito frente a los datos",
    sampled: (n: number) =>
      `Cuántas de ${n} conversaciones parecen tratar de cada tema, por sus palabras: un primer vistazo, no un recuento.`,
    groups: "Sobre qué pregunta la gente",
    examples: "Ejemplos",
  },
  rejected: {
    search: "Buscar en lo que dicen",
    reason: "Motivo",
    file: "Archivo",
    all: "todo",
    keep: "Para conservar filas como estas:",
    none: "No hay filas",
    noneText: "No se excluyó nada.",
    noneFit: "Ninguna coincide. Busque otra cosa.",
    noText: "(sin texto)",
    shown: (from: number, to: number, total: number) =>
      `${from} a ${to} de ${count(total, { one: "1 fila", many: "# de filas", other: "# filas" })}`,
    before: "Anterior",
    next: "Siguiente",
    alike: (share: string) => `${share} de parecido`,
    like: (name: string) => `como ${name}`,
    place: (source: string, position: number) => `${source}, posición ${position + 1}`,
    showKept: "Mostrar la que se conserva",
  },
  row: {
    title: "Conversación",
    about: (source: string, position: number, split: string) => `${source}, posición ${position + 1}; ${split}`,
  },
  compared: {
    with: "Comparado con",
    none: "Nada que comparar",
    noneText: "Solo hay un conjunto de datos. Cuando cambien los archivos y se cree otro, aquí verá qué es distinto.",
    counts: (added: number, gone: number, moved: number, same: number) =>
      `${count(added, { one: "1 conversación es nueva", many: "# de conversaciones son nuevas", other: "# conversaciones son nuevas" })}, ${count(gone, { one: "1 ha desaparecido", many: "# han desaparecido", other: "# han desaparecido" })}, ${count(moved, { one: "1 ha cambiado de lado", many: "# han cambiado de lado", other: "# han cambiado de lado" })}, ${count(same, { one: "1 está como antes", many: "# están como antes", other: "# están como antes" })}.`,
    reasons: "Excluidas",
    before: "Antes",
    after: "Después",
    kinds: { added: "Nueva", gone: "Desaparecida", moved: "En otro lado" },
    first: (shown: number, all: number) => (shown < all ? `Las primeras ${shown} de ${all}.` : ""),
  },
  files: {
    about: "Aquí nunca se cambian. Para quitar un archivo, elimínelo de la carpeta del bot.",
    caption: "Archivos",
    file: "Archivo",
    format: "Leído como",
    said: "según se indicó",
    held: "solo para probar",
    size: "Tamaño",
    at: "Cambiado",
    none: "Todavía no hay archivos",
    noneText: "Añada chats, tickets, correos o una tabla de preguntas y respuestas.",
  },
  add: {
    open: "Añadir conversaciones",
    about:
      "Chats, tickets, correos, tablas de preguntas y respuestas. Verá cómo se lee el archivo antes de incorporarlo.",
    file: "Archivo",
    limits: (endings: string, largest: string) => `${endings}, hasta ${largest}`,
    tooLarge: (largest: string) => `El archivo ocupa más de ${largest}. Divídalo o use la línea de comandos.`,
    progress: (name: string) => `${name} está en camino`,
    looking: "Mirando…",
    format: "Formato",
    formatHint: "Se detecta por el contenido. Elija otro si las conversaciones de abajo no se ven bien.",
    detected: (format: string) => `detectado: ${format}`,
    detect: "detectarlo",
    who: "¿Como quién habla el bot?",
    speaker: (name: string, messages: number) =>
      `${name} (${count(messages, { one: "1 mensaje", many: "# de mensajes", other: "# mensajes" })})`,
    dates: "Orden de las fechas",
    datesFound: "detectarlo",
    dmy: "día, mes, año",
    mdy: "mes, día, año",
    ymd: "año, mes, día",
    evaluation: "Solo para probar",
    evaluationHint: "Nunca se aprende de ellas: el bot se prueba con estas conversaciones.",
    isDocument: "Esto es un documento, no una conversación. Corresponde a aquello con lo que responde el bot:",
    whole: (kept: string, rows: string) => `Se pueden usar ${kept} de ${rows} filas.`,
    beginning: (kept: string, rows: string) => `De las primeras ${rows} filas, se pueden usar ${kept}.`,
    take: "Añadir este archivo",
  },
};
