import type { ConsoleTexts } from "../text";
import { count } from "../../es/count";

export const guide: ConsoleTexts["guide"] = {
  title: "Guía",
  about: "De una carpeta vacía a un bot que responde. Puede parar en cualquier momento: continúa donde estaba.",
  steps: { purpose: "Propósito", data: "Datos", build: "Crearlo", served: "En servicio" },
  done: "hecho",
  change: "Cambiar",
  purposeAbout: "Todo lo demás parte de aquí: a qué responde y qué declina con amabilidad.",
  name: "Nombre que ve la gente",
  purpose: "Propósito, en una frase",
  purposeExample: "Responde a las preguntas de los visitantes sobre nuestra biblioteca.",
  topics: "A qué responde, un tema por línea",
  declines: "Qué declina, una cosa por línea",
  next: "Siguiente",
  edited: "bot.toml se cambió a mano, así que se deja como está. Cambie allí el propósito.",
  dataAbout:
    "Las conversaciones le enseñan a responder; los documentos son aquello en lo que puede basarse. Con cualquiera de los dos basta para empezar.",
  bring: "Elegir archivos",
  kinds: (endings: string) => `Chats, tablas y documentos: ${endings}`,
  me: "Como quién habla el bot, en los chats exportados",
  meHint: "Solo donde un chat no dice cuál de los dos es usted.",
  sample: "Probar con un ejemplo",
  sampleAbout:
    "La atención al público de una pequeña biblioteca: 70 conversaciones, 4 documentos y preguntas de prueba.",
  files: "Sus archivos",
  parts: { data: "conversaciones", knowledge: "documento" },
  remove: (name: string) => `Quitar ${name}`,
  readAs: (format: string) => `leído como ${format}`,
  conversations: (n: number) =>
    count(n, { one: "1 conversación", many: "# de conversaciones", other: "# conversaciones" }),
  characters: (n: number) =>
    count(n, {
      one: "un documento de 1 carácter",
      many: "un documento de # de caracteres",
      other: "un documento de # caracteres",
    }),
  rejected: (n: number) =>
    count(n, { one: "1 fila excluida", many: "# de filas excluidas", other: "# filas excluidas" }),
  waiting: (n: number) =>
    count(n, { one: "falta 1 archivo", many: "faltan # de archivos", other: "faltan # archivos" }),
  notUploaded: (name: string, why: string) => `${name}: ${why}`,
  buildAbout: "Aprende, se le hacen preguntas de prueba con el motor que lo pondrá en servicio y después responde.",
  way: "Cómo",
  ways: { model: "Entrenar un pequeño modelo propio", documents: "Responder solo con documentos, sin modelo" },
  wayHints: {
    model: "Fluido y con sus propias palabras. Consume el presupuesto de abajo y le bastan dos núcleos.",
    documents: "Listo en segundos. Cita lo que encuentra y lo dice cuando no encuentra nada.",
  },
  minutes: "Presupuesto en minutos",
  minutesHint: "Un primer intento necesita de 1 a 3. Más adelante puede entrenar durante más tiempo.",
  minutesFixed: (n: string) => `El presupuesto es de ${n} minutos, como dice bot.toml.`,
  build: "Crearlo",
  again: "Crearlo de nuevo",
  result: "Qué tal es",
  right: (share: string) => `Responde bien al ${share} de las preguntas de prueba de su ámbito.`,
  declined: (share: string) => `Declina el ${share} de las que quedan fuera de su ámbito.`,
  noCases: "Todavía no hay preguntas de prueba (tests/cases.jsonl), así que no se puede decir qué tal es.",
  weak: "Todavía no es mucho: lo que más ayuda son más conversaciones y más minutos.",
  fine: "Un buen comienzo.",
  servedTitle: "Su bot responde",
  servedText: "A partir de ahora, esta dirección es su chat y su consola.",
  starting: "Está ocupando su lugar…",
  toChat: "Hablar con él",
  toReleases: "Ver la release",
  toKnowledge: "Añadir conocimiento",
  toTraining: "Entrenar más tiempo",
};
