import { count } from "./count";
import type { Texts } from "../text";

export const chat: Texts["chat"] = {
  log: "Conversa",
  you: "Sua mensagem",
  answerOf: (name: string) => `Resposta de ${name}`,
  answering: (name: string) => `${name} está respondendo`,
  answered: (name: string, answer: string) => `${name}: ${answer}`,
  retrying: "A conexão caiu. Retomando a resposta…",
  stoppedNote: "Interrompida.",
  interruptedNote: "A resposta foi interrompida.",
  failedNote: "A resposta falhou.",
  emptyNote: "A resposta está vazia.",
  notSent: "Esta mensagem não foi enviada.",
  noRetry: "Nenhuma nova resposta foi iniciada.",
  toBox: "Devolver à caixa de mensagem",
  leftOut: (n: number) =>
    count(n, {
      one: "A mensagem mais antiga não foi mostrada ao modelo.",
      many: "As # de mensagens mais antigas não foram mostradas ao modelo.",
      other: "As # mensagens mais antigas não foram mostradas ao modelo.",
    }),
  earlier: (n: number) =>
    count(n, {
      one: "Mostrar # mensagem anterior",
      many: "Mostrar # de mensagens anteriores",
      other: "Mostrar # mensagens anteriores",
    }),
  jump: "Ir para a última mensagem",
  suggestions: "Perguntas sugeridas",
  automated: "Você está falando com um assistente automático. Ele pode errar.",
};

export const composer: Texts["composer"] = {
  label: "Mensagem",
  placeholder: (name: string) => `Mensagem para ${name}`,
  send: "Enviar",
  stop: "Parar",
  stopping: "Parando…",
  tooLong: (length: number, most: number) =>
    `Esta mensagem tem ${length} caracteres, e o limite por envio é ${most}. Encurte-a ou envie em partes.`,
};

export const actions: Texts["actions"] = {
  copy: "Copiar",
  copied: "Copiado",
  copyFailed: "O navegador não permitiu copiar. Selecione o texto e copie você mesmo.",
  copyCode: "Copiar código",
  retry: "Responder de novo",
  edit: "Editar",
  good: "Boa resposta",
  bad: "Resposta ruim",
  previous: "Versão anterior",
  next: "Próxima versão",
  version: (n: number, total: number) => `Versão ${n} de ${total}`,
  versions: "Versões",
};

export const edit: Texts["edit"] = {
  label: "Editar sua mensagem",
  save: "Enviar",
  cancel: "Cancelar",
  note: "A versão anterior é mantida; você pode alternar entre elas.",
};

export const feedback: Texts["feedback"] = {
  title: { up: "O que foi bom?", down: "O que estava errado?" },
  comment: "Comentário (opcional)",
  correction: "Qual deveria ter sido a resposta? (opcional)",
  start: "Partir da resposta dada",
  send: "Enviar",
  close: "Fechar",
  remove: "Remover avaliação",
  saved: { up: "Obrigado. Avaliada como boa.", down: "Obrigado. Avaliada como ruim." },
  sent: "Obrigado. Sua opinião foi enviada.",
  removed: "Avaliação removida.",
};

export const routes: Texts["routes"] = {
  generated: { label: "Gerada", hint: "Escrita pelo modelo." },
  refused: {
    label: "Recusada",
    hint: "O assistente não respondeu porque não tinha certeza ou porque o assunto está fora do seu escopo.",
  },
  curated: { label: "Revisada", hint: "Uma resposta revisada por uma pessoa." },
  retrieved: { label: "Dos documentos", hint: "Tirada dos documentos listados como fontes." },
  known: { label: "Resposta conhecida", hint: "Uma resposta já conhecida para perguntas como esta." },
};

export const sources: Texts["sources"] = {
  title: (n: number) => count(n, { one: "# fonte", many: "# de fontes", other: "# fontes" }),
  untitled: "Fonte sem título",
};

export const markdown: Texts["markdown"] = {
  image: (alt: string, host: string) => `Imagem não carregada: ${alt || "sem descrição"} (${host})`,
  external: (host: string) => `abre ${host} em uma nova aba`,
  code: "Código",
  table: "Tabela",
  task: "Tarefa",
  all: "Mostrar tudo",
  allLines: (n: number) => `Mostrar todas as ${n} linhas`,
  allRows: (n: number) => `Mostrar todas as ${n} linhas`,
  allItems: (n: number) => `Mostrar todos os ${n} itens`,
};
