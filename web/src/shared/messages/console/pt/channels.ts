import { count } from "../../pt/count";
import type { ConsoleTexts } from "../text";

export const channels: ConsoleTexts["channels"] = {
  title: "Canais",
  about: "Por onde as pessoas chegam ao bot, se cada caminho está bem, e um teste pelo caminho real.",
  states: { ready: "pronto", off: "desativado", failed: "com problema" },
  names: {
    web: "Página",
    widget: "Widget",
    api: "API",
  },
  abouts: {
    web: "O chat na própria página deste servidor.",
    widget: "O chat em outros sites, com uma só tag de script; ela está na página Widget.",
    api: "Programas que usam uma chave de API, ou qualquer um nesta máquina quando não se exige chave.",
  },
  replies: (n: number) =>
    count(n, {
      one: "# resposta no último dia",
      many: "# de respostas no último dia",
      other: "# respostas no último dia",
    }),
  failedReplies: (n: number) =>
    count(n, { one: "# delas falhou", many: "# delas falharam", other: "# delas falharam" }),
  facts: {
    page_of: "A página fala com",
    visitors: "Sem login",
    writes_per_minute: "Mensagens por minuto por endereço",
    running: "Respostas sendo escritas",
    sites: "Sites que podem mostrá-lo",
    keys: "Chaves em uso",
    needed: "Exige chave",
    used_at: "Último uso de uma chave",
    vendor: "Fornecedor",
    waiting: "Mensagens por enviar",
    dead: "Abandonadas",
    trouble: "O que se passa",
  },
  values: {
    true: "sim",
    false: "não",
    auto: "só nesta máquina",
    required: "sempre",
    off: "nunca",
    0: "sem limite",
  },
  autoNeeded: "assim que houver uma",
  test: "Mensagem de teste",
  testLabel: (name: string) => `O que perguntar em: ${name}`,
  testHint: "O bot responde como responderia a qualquer um ali. Nada disso é guardado.",
  send: "Enviar",
  route: (route: string, took: string) => `${route}, ${took}`,
};
