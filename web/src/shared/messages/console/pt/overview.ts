import { count } from "../../pt/count";
import type { ConsoleTexts } from "../text";

/** How many, and a name, a day or a share. */
type Items = Record<
  | "inbox"
  | "reviews"
  | "gaps"
  | "drift"
  | "improve"
  | "promote"
  | "refused"
  | "errors"
  | "keys"
  | "answers"
  | "certificate"
  | "disk"
  | "erasures",
  (n: number, what: string) => string
>;

export const overview: ConsoleTexts["overview"] = {
  title: "Visão geral",
  about: "Como o bot está agora e o que precisa de alguém.",
  ranges: { hour: "1 hora", day: "1 dia", month: "30 dias" },
  range: "Período mostrado",
  attention: "Hoje",
  attentionNone: "Nada precisa de você no momento.",
  items: {
    inbox: (n: number) =>
      count(n, {
        one: "# pessoa está esperando atendimento",
        many: "# de pessoas estão esperando atendimento",
        other: "# pessoas estão esperando atendimento",
      }),
    reviews: (n: number) =>
      count(n, {
        one: "# resposta espera revisão",
        many: "# de respostas esperam revisão",
        other: "# respostas esperam revisão",
      }),
    gaps: (n: number) =>
      count(n, {
        one: "# pergunta desta semana foi recusada",
        many: "# de perguntas desta semana foram recusadas",
        other: "# perguntas desta semana foram recusadas",
      }),
    drift: (_: number, what: string) => `As pessoas perguntam coisas diferentes de antes (${what})`,
    improve: (_: number, day: string) => `A última melhoria não chegou ao fim (${day})`,
    promote: (_: number, day: string) => `Uma release melhor espera ser promovida (${day})`,
    refused: (_: number, day: string) => `O critério de aprovação recusou a última melhoria (${day})`,
    errors: (n: number) =>
      count(n, {
        one: "# resposta falhou no último dia",
        many: "# de respostas falharam no último dia",
        other: "# respostas falharam no último dia",
      }),
    keys: (n: number) =>
      count(n, {
        one: "# chave de API expira em até duas semanas",
        many: "# de chaves de API expiram em até duas semanas",
        other: "# chaves de API expiram em até duas semanas",
      }),
    answers: (n: number) =>
      count(n, {
        one: "# resposta curada expira em até duas semanas",
        many: "# de respostas curadas expiram em até duas semanas",
        other: "# respostas curadas expiram em até duas semanas",
      }),
    certificate: (_: number, day: string) => `O certificado expira em ${day}: renove-o e reinicie o servidor`,
    disk: (_: number, share: string) => `O disco está ${share} cheio: libere espaço antes que o armazenamento pare`,
    erasures: (n: number) =>
      count(n, {
        one: "# pedido de esquecimento está aberto",
        many: "# de pedidos de esquecimento estão abertos",
        other: "# pedidos de esquecimento estão abertos",
      }),
  } as Items,
  now: "Agora",
  running: "Respostas sendo escritas",
  engine: "Motor",
  engineStates: { ready: "pronto", starting: "iniciando", failed: "falhou" },
  release: "Release",
  cpu: "Processador",
  memory: "Memória da máquina",
  resident: "Memória do bot",
  disk: "Disco",
  totals: { hour: "Na última hora", day: "No último dia", month: "Nos últimos 30 dias" },
  replies: "Respostas",
  api: "pela API",
  firstText: "Primeiro texto (metade / 95%)",
  whole: "Resposta completa (metade / 95%)",
  refused: "Recusadas",
  failed: "Com falha",
  thumbs: "Avaliações positivas / negativas",
  tokens: "Tokens lidos / escritos",
  cost: "Custo",
  counting: "As horas anteriores ainda estão sendo contadas; os números vão crescer por um momento.",
  none: "–",
  charts: {
    traffic: "Respostas",
    latency: "Segundos até a resposta",
    routes: "De onde vêm as respostas",
    thumbs: "Avaliações",
    tokens: "Tokens",
    cost: "Custo",
    machine: "Máquina",
    memory: "Memória do bot e do motor",
    problems: "Recusadas, com falha e interrompidas",
    load: "Respostas escritas ao mesmo tempo",
  },
  lines: {
    kept: "página e canais",
    api: "API",
    first50: "primeiro texto, metade",
    first95: "primeiro texto, 95%",
    whole50: "completa, metade",
    whole95: "completa, 95%",
    curated: "curadas",
    retrieved: "dos documentos",
    generated: "geradas",
    refused: "recusadas",
    up: "positivas",
    down: "negativas",
    read: "lidos",
    written: "escritos",
    cost: "custo",
    cpu: "processador",
    memory: "memória",
    gpu: "placa de vídeo",
    gpuMemory: "memória da placa",
    resident: "memória",
    failed: "com falha",
    stopped: "interrompidas",
    running: "simultâneas",
  },
  drift: "Desvio",
  driftAbout: (day: string) => `Da última verificação, até ${day}. Em 100%, há um alarme.`,
  driftNone: "Ainda não se verificou o desvio: o servidor faz isso uma vez por dia.",
  driftLittle: (why: string) => `Pouco demais para dizer: ${why}`,
  driftFigure: "Indicador",
  driftScore: "A caminho de um alarme",
  driftAlarm: (day: string) => `alarme em ${day}`,
  driftQuiet: "tranquilo",
  driftNames: {
    refused: "Parcela recusada",
    disliked: "Parcela avaliada mal",
    confidence: "Confiança",
    length: "Tamanho das respostas",
    unfamiliar: "Palavras desconhecidas",
    coverage: "Palavras presentes nos documentos",
    tokens_per_byte: "Pedaços em que as palavras se dividem",
  },
};
