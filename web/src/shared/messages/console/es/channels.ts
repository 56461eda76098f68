import type { ConsoleTexts } from "../text";
import { count } from "../../es/count";

export const channels: ConsoleTexts["channels"] = {
  title: "Canales",
  about: "Por dónde llega la gente al bot, si cada vía funciona bien y una prueba por el camino real.",
  states: { ready: "listo", off: "desactivado", failed: "no funciona bien" },
  names: {
    web: "Página",
    widget: "Widget",
    api: "API",
  },
  abouts: {
    web: "El chat en la página de este servidor.",
    widget: "El chat en otros sitios, con una sola etiqueta script; está en la página Widget.",
    api: "Programas que usan una clave de API, o cualquiera en este equipo si no se necesita clave.",
  },
  replies: (n: number) =>
    count(n, {
      one: "1 respuesta en el último día",
      many: "# de respuestas en el último día",
      other: "# respuestas en el último día",
    }),
  failedReplies: (n: number) =>
    count(n, { one: "1 de ellas falló", many: "# de ellas fallaron", other: "# de ellas fallaron" }),
  facts: {
    page_of: "La página habla con",
    visitors: "Sin iniciar sesión",
    writes_per_minute: "Mensajes por minuto y dirección",
    running: "Respuestas en curso",
    sites: "Sitios que pueden mostrarlo",
    keys: "Claves en uso",
    needed: "Pide una clave",
    used_at: "Último uso de una clave",
    vendor: "Proveedor",
    waiting: "Mensajes por enviar",
    dead: "Abandonados",
    trouble: "Qué ocurre",
  },
  values: {
    true: "sí",
    false: "no",
    auto: "solo en este equipo",
    required: "siempre",
    off: "nunca",
    0: "sin límite",
  },
  autoNeeded: "en cuanto haya una",
  test: "Mensaje de prueba",
  testLabel: (name: string) => `Qué preguntar en: ${name}`,
  testHint: "El bot responde como respondería a cualquiera allí. No se guarda nada.",
  send: "Enviar",
  route: (route: string, took: string) => `${route}, ${took}`,
};
