import { count } from "../../pt/count";
import type { ConsoleTexts } from "../text";

export const audit: ConsoleTexts["audit"] = {
  title: "Log de auditoria",
  about: "Quem fez o quê com os dados de quem. Não contém as palavras de ninguém; as pessoas aparecem sob pseudônimos.",
  caption: "Eventos, os mais recentes primeiro",
  number: "Nº",
  at: "Quando",
  action: "O quê",
  actor: "Quem",
  subject: "A quem",
  detail: "Detalhes",
  anything: "Tudo",
  person: "Pessoa",
  personHint: "O nome de uma conta, o id de um visitante ou um pseudônimo.",
  since: "De",
  until: "Até",
  cli: "linha de comando",
  system: "o servidor",
  emptyTitle: "Nenhum evento assim",
  emptyText: "Nada no log corresponde a estes filtros.",
  verify: "Verificar a cadeia",
  verifyAbout:
    "Cada linha leva um hash com chave de si mesma e da linha anterior. Guarde a ponta em outro lugar: uma verificação futura pode ser comparada com ela.",
  head: "Uma ponta anterior (opcional)",
  whole: (n: number) => `O log está íntegro: ${count(n, { one: "# linha", many: "# de linhas", other: "# linhas" })}.`,
  broken: (n: number) =>
    count(n, {
      one: "# falha foi encontrada.",
      many: "# de falhas foram encontradas.",
      other: "# falhas foram encontradas.",
    }),
  headIs: "A ponta",
  copyHead: "Copiar a ponta",
  export: "Baixar tudo",
  newest: "Voltar aos mais recentes",
};
