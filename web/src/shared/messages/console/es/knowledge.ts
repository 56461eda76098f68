import type { ConsoleTexts } from "../text";
import { count } from "../../es/count";

export const knowledge: ConsoleTexts["knowledge"] = {
  title: "Conocimiento",
  about:
    "Los documentos con los que responde el bot. Los cambios se notan en las respuestas en segundos y todos se pueden deshacer.",
  readNow: "Volver a leer todo",
  reading: "Leyendo…",
  tabs: { documents: "Documentos", addresses: "Direcciones", versions: "Versiones", search: "Probar la búsqueda" },
  status: {
    counts: (documents: number, passages: number) =>
      `${count(documents, { one: "1 documento", many: "# de documentos", other: "# documentos" })}, ${count(passages, { one: "1 fragmento", many: "# de fragmentos", other: "# fragmentos" })}`,
    readAt: (when: string) => `Esta versión es de ${when}.`,
    watched: "Los archivos se leen cuando cambian.",
    unwatched: "Los archivos se leen cuando alguien lo pide.",
    everyMinutes: (minutes: number) =>
      count(minutes, {
        one: "Las direcciones se leen cada minuto.",
        many: "Las direcciones se leen cada # de minutos.",
        other: "Las direcciones se leen cada # minutos.",
      }),
    noClock: "Las direcciones se leen cuando alguien lo pide.",
    readingNow: (what: string) => (what ? `Leyendo: ${what}` : "Leyendo…"),
    problems: (n: number) =>
      count(n, { one: "1 no se pudo leer", many: "# no se pudieron leer", other: "# no se pudieron leer" }),
    byMeaning: (done: number, all: number) => `También se encuentran por su significado: ${done} de ${all} fragmentos`,
    failed: (why: string) => `No se leyó: ${why}`,
  },
  held: {
    text: "Se busca en una versión anterior. Los documentos que han cambiado desde entonces no cuentan hasta que avance.",
    forward: "Avanzar a lo que hay ahora",
    done: "Se busca en lo que hay ahora.",
  },
  done: {
    nothing: "No hay nada distinto.",
    synced: (added: number, changed: number, removed: number) =>
      [
        added
          ? count(added, {
              one: "1 documento añadido",
              many: "# de documentos añadidos",
              other: "# documentos añadidos",
            })
          : "",
        changed
          ? count(changed, {
              one: "1 documento cambiado",
              many: "# de documentos cambiados",
              other: "# documentos cambiados",
            })
          : "",
        removed
          ? count(removed, {
              one: "1 documento eliminado",
              many: "# de documentos eliminados",
              other: "# documentos eliminados",
            })
          : "",
      ]
        .filter(Boolean)
        .join(", ") + ".",
    undone: "Deshecho.",
  },
  documents: {
    caption: "Documentos",
    search: "Buscar por nombre",
    order: "Orden",
    orders: { name: "Nombre", newest: "Los más recientes primero", passages: "Más fragmentos primero" },
    trouble: "Solo lo que conviene mirar",
    delete: (n: number) =>
      count(n, { one: "Eliminar 1 documento", many: "Eliminar # de documentos", other: "Eliminar # documentos" }),
    document: "Documento",
    notes: "Notas",
    passages: "Fragmentos",
    cited: "Respuestas en 30 días",
    size: "Tamaño",
    at: "Cambiado",
    marks: (n: number) =>
      count(n, { one: "1 orden para máquinas", many: "# de órdenes para máquinas", other: "# órdenes para máquinas" }),
    twin: "mismo contenido dos veces",
    kinds: { file: "Archivo", page: "Página web", listed: "Página web de una lista" },
    none: "Todavía no hay documentos",
    noneText:
      "Suba aquello por lo que preguntan sus clientes: horarios, precios, normas, manuales. O añada una dirección de su sitio web.",
    noneFit: "Ninguno coincide",
    noneFitText: "Busque otra cosa o muestre todos.",
    narrow: (total: number) => `Hay ${total}. Busque por nombre para ver los demás.`,
  },
  upload: {
    open: "Subir documentos",
    about: "Se leen al momento. Para el bot no cambia nada hasta que haya visto lo que hacen.",
    dropHere: "Suelte aquí los archivos",
    choose: "Elegir archivos",
    limits: (endings: string, largest: string) => `${endings}, hasta ${largest} cada uno`,
    tooLarge: "Este archivo es demasiado grande. Divídalo e inténtelo de nuevo.",
    wrongKind: (endings: string) => `Los archivos de este tipo no se leen. Use uno de ${endings}.`,
    leaveOut: (name: string) => `Omitir ${name}`,
    progress: (name: string) => `${name} está en camino`,
    read: (passages: number, size: string) =>
      `${count(passages, { one: "1 fragmento", many: "# de fragmentos", other: "# fragmentos" })}, ${size}`,
    same: "ya está, sin cambios",
    replaces: "sustituye al que tiene este nombre",
    marks: (n: number) =>
      count(n, { one: "1 orden para máquinas", many: "# de órdenes para máquinas", other: "# órdenes para máquinas" }),
    look: "Mostrar lo que hace",
    looking: "Mirando…",
    take: (n: number) =>
      count(n, { one: "Incorporar 1 documento", many: "Incorporar # de documentos", other: "Incorporar # documentos" }),
  },
  difference: {
    kinds: { added: "nuevo", changed: "cambiado", removed: "eliminado", same: "como antes" },
    passages: (added: number, changed: number, gone: number, same: number) =>
      `Fragmentos: ${
        [
          added ? count(added, { one: "1 nuevo", many: "# nuevos", other: "# nuevos" }) : "",
          changed ? count(changed, { one: "1 cambiado", many: "# cambiados", other: "# cambiados" }) : "",
          gone ? count(gone, { one: "1 desaparecido", many: "# desaparecidos", other: "# desaparecidos" }) : "",
          same ? count(same, { one: "1 como antes", many: "# como antes", other: "# como antes" }) : "",
        ]
          .filter(Boolean)
          .join(", ") || "ninguno"
      }.`,
    twin: (name: string) => `Tiene el mismo contenido que ${name} y se guarda una sola vez.`,
    cited: (n: number) =>
      count(n, {
        one: "1 respuesta de los últimos 30 días se basa en él.",
        many: "# de respuestas de los últimos 30 días se basan en él.",
        other: "# respuestas de los últimos 30 días se basan en él.",
      }),
    morePassages: (n: number) =>
      count(n, { one: "Y 1 fragmento más.", many: "Y # de fragmentos más.", other: "Y # fragmentos más." }),
  },
  plan: {
    stale: (names: readonly string[]) =>
      `Mientras tanto, otra persona cambió ${names.join(", ")}. Abajo está la diferencia con su versión, que se sustituiría.`,
    elsewhere:
      "Estos también serían distintos, porque la carpeta se cambió en otro lugar o se busca en una versión anterior:",
    cases: "Casos de prueba",
    tooMany: "Hay demasiado para probarlos de antemano. Se vuelven a preguntar después del cambio.",
    noCases: "Todavía no hay ninguno. Las correcciones revisadas se convierten en casos de prueba.",
    noneMoved: (n: number) =>
      count(n, {
        one: "El único que hay encuentra el mismo fragmento.",
        many: "Los # encuentran los mismos fragmentos que antes.",
        other: "Los # encuentran los mismos fragmentos que antes.",
      }),
    moved: (n: number, all: number) => `${n} de ${all} encontrarían primero otro fragmento:`,
    before: "Antes:",
    after: "Después:",
    nothing: "nada que encaje",
  },
  remove: {
    title: (n: number) =>
      count(n, {
        one: "¿Eliminar este documento?",
        many: "¿Eliminar # de documentos?",
        other: "¿Eliminar # documentos?",
      }),
    text: "Deja de usarse en las respuestas al momento y desaparece también de las versiones anteriores. Puede deshacerlo en esta página.",
    action: "Eliminar",
    wait: "Espere hasta que se sepa qué se basa en él.",
    passages: (n: number) => count(n, { one: "1 fragmento", many: "# de fragmentos", other: "# fragmentos" }),
    cited: (n: number) =>
      count(n, {
        one: "1 respuesta de los últimos 30 días se basa en esto.",
        many: "# de respuestas de los últimos 30 días se basan en esto.",
        other: "# respuestas de los últimos 30 días se basan en esto.",
      }),
    notCited: "Ninguna respuesta de los últimos 30 días se basa en esto.",
    cases: (n: number) =>
      count(n, {
        one: "1 caso de prueba encontraría otra cosa:",
        many: "# de casos de prueba encontrarían otra cosa:",
        other: "# casos de prueba encontrarían otra cosa:",
      }),
    final: "Para siempre",
    finalHint: "No se guarda ninguna copia: no se puede deshacer. Para documentos que nunca debieron estar aquí.",
  },
  view: {
    edit: "Editar el texto",
    delete: "Eliminar",
    passages: (n: number) => count(n, { one: "1 fragmento", many: "# de fragmentos", other: "# fragmentos" }),
    page: (n: number) => `página ${n}`,
    place: (start: number, end: number) => `caracteres ${start} a ${end}`,
    order: (text: string) => `Le habla a las máquinas: «${text}»`,
    changed: (when: string) => `cambiado ${when}`,
    characters: (n: string) => `${n} caracteres`,
    cited: (n: number) =>
      count(n, { one: "1 respuesta en 30 días", many: "# de respuestas en 30 días", other: "# respuestas en 30 días" }),
    twin: (name: string) => `Tiene el mismo contenido que ${name} y se guarda una sola vez.`,
    label: (label: string) => `Para quienes tienen la etiqueta ${label}.`,
    marks: "Algo en él da órdenes a las máquinas. A un modelo se le muestra como una cita; es mejor quitarlo.",
  },
  edit: {
    label: (name: string) => `Texto de ${name}`,
    look: "Mostrar lo que hace",
    replaceTheirs: "Sustituir lo suyo por lo mío",
  },
  addresses: {
    about: "Páginas, mapas de sitio y feeds que se descargan. De la web no se descarga nada más.",
    caption: "Direcciones",
    label: "Dirección de una página, un mapa de sitio o un feed",
    hint: "Primero se consulta: verá qué hay o por qué no se puede leer.",
    add: "Añadir",
    looking: "Mirando…",
    addedPage: (title: string) => `Se ha añadido ${title} y se está leyendo.`,
    addedList: (n: number) =>
      count(n, {
        one: "Se ha añadido una lista de 1 página y se está leyendo.",
        many: "Se ha añadido una lista de # de páginas y se está leyendo.",
        other: "Se ha añadido una lista de # páginas y se está leyendo.",
      }),
    address: "Dirección",
    pages: "Documentos",
    fixed: "en bot.toml",
    remove: "Quitar",
    removeOne: (url: string) => `Quitar ${url}`,
    removed: "Se ha quitado la dirección y lo que se leyó de ella.",
    none: "No hay direcciones",
    noneText: "Añada la página con su horario o el mapa de su sitio web.",
    rules: (pages: number) =>
      `Solo hosts públicos, por http y https. Como máximo ${pages} páginas de una lista, de los hosts que usted haya indicado; se respeta robots.txt.`,
  },
  versions: {
    about:
      "Cada cambio crea una versión. Si vuelve atrás, se busca de nuevo en aquella; lo eliminado desde entonces no regresa.",
    caption: "Versiones",
    made: "Versión",
    current: "en uso ahora",
    documents: "Documentos",
    lacking: "Eliminados desde entonces",
    actions: "Qué hacer con ella",
    whatChanged: "Qué cambió",
    toNow: "De ella hasta ahora",
    goBack: "Volver a ella",
    goBackTitle: "¿Buscar de nuevo en esta versión?",
    goBackText: (when: string, lacking: number) =>
      `El bot responde con los documentos tal como estaban ${when}, hasta que alguien avance. Los archivos no se tocan.${
        lacking
          ? ` ${count(lacking, {
              one: "1 documento eliminado desde entonces sigue sin estar.",
              many: "# de documentos eliminados desde entonces siguen sin estar.",
              other: "# documentos eliminados desde entonces siguen sin estar.",
            })}`
          : ""
      }`,
    rolledBack: "Ahora se busca en una versión anterior.",
    none: "Todavía no hay versiones",
    noneText: "El primer documento crea la primera versión.",
    edits: "Cambios hechos en esta página",
    fromTo: (before: string, after: string) => `De ${before} a ${after}`,
    nothing: "No hay diferencias.",
    moreDocuments: (n: number) =>
      count(n, { one: "Y 1 documento más.", many: "Y # de documentos más.", other: "Y # documentos más." }),
  },
  edits: {
    none: "Todavía ninguno. Lo que se cambia en la propia carpeta también crea versiones.",
    tookBack: "Deshecho:",
    added: (name: string) => `${name}, añadido`,
    changed: (name: string) => `${name}, cambiado`,
    deleted: (name: string) => `${name}, eliminado`,
    by: (who: string, when: string) => `${who}, ${when}`,
    undone: "deshecho",
    final: "para siempre",
  },
  search: {
    label: "Una pregunta, como podría hacerla alguien",
    placeholder: "¿Cuándo abren?",
    ask: "Buscar",
    as: "Pregunta",
    everybody: "cualquiera",
    compare: "Comparar con",
    empty: "¿Qué encontraría?",
    emptyText: "Verá los fragmentos con sus puntuaciones, lo que diría el bot y por qué.",
    found: (hits: number, all: number) =>
      `${count(hits, { one: "1 fragmento", many: "# de fragmentos", other: "# fragmentos" })} de ${all}`,
    nothing: (unknown: number, words: number) =>
      (words > 0 && unknown === words
        ? "No se encuentra nada: ninguna de estas palabras figura en un documento."
        : "No se encuentra nada.") as string as ReturnType<ConsoleTexts["knowledge"]["search"]["nothing"]>,
    now: "Búsqueda de ahora",
    then: "En aquella versión",
    covers: (share: string) => `${share} de las palabras de la pregunta`,
    bm25: (score: string) => `puntuación de palabras ${score}`,
    cosine: (score: string) => `significado ${score}`,
  },
  route: {
    title: "Lo que diría el bot",
    routes: {
      curated: "respuesta validada",
      retrieved: "de lo que se sabe",
      generated: "escrita por el modelo",
      refused: "declinada",
    },
    why: "Por qué",
    needs: (least: string) => `Una respuesta necesita una confianza de ${least} para darse.`,
    kinds: {
      curated: "una respuesta validada",
      standard: "una respuesta de los datos",
      quoted: "una cita de un documento",
      generated: "lo que escribe el modelo",
    },
    declines: "(declina)",
    ungrounded: (facts: string) => `No figura en nada de lo que se sabe: ${facts}`,
  },
};
