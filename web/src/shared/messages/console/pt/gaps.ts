import { count } from "../../pt/count";
import type { ConsoleTexts } from "../text";

export const gaps: ConsoleTexts["gaps"] = {
  title: "Lacunas",
  about:
    "O que as pessoas perguntam e o bot não responde bem: ele recusou, não gostaram da resposta ou ele tinha pouca certeza. Perguntas de sentido parecido ficam juntas, as mais frequentes primeiro.",
  days: "Perguntado nos últimos",
  periods: { "7": "7 dias", "30": "30 dias", "90": "90 dias", "365": "um ano" },
  kindLabel: "Mostrar",
  kinds: { all: "Todas", refused: "Recusadas", disliked: "Avaliadas mal", unsure: "Pouca certeza" },
  summary: (questions: number, well: string) =>
    `${count(questions, { one: "# pergunta foi feita", many: "# de perguntas foram feitas", other: "# perguntas foram feitas" })}; bem respondidas: ${well}.`,
  unquoted: (n: number) =>
    count(n, {
      one: "# outra pergunta não teve boa resposta; quem perguntou não concordou em ser citado.",
      many: "# de outras perguntas não tiveram boa resposta; quem perguntou não concordou em ser citado.",
      other: "# outras perguntas não tiveram boa resposta; quem perguntou não concordou em ser citado.",
    }),
  asked: (n: number) =>
    count(n, { one: "perguntada # vez", many: "perguntada # de vezes", other: "perguntada # vezes" }),
  refused: (n: number) => count(n, { one: "recusada # vez", many: "recusada # de vezes", other: "recusada # vezes" }),
  disliked: (n: number) =>
    count(n, { one: "avaliada mal # vez", many: "avaliada mal # de vezes", other: "avaliada mal # vezes" }),
  unsure: (n: number) =>
    count(n, {
      one: "# vez com pouca certeza",
      many: "# de vezes com pouca certeza",
      other: "# vezes com pouca certeza",
    }),
  last: (when: string) => `última vez: ${when}`,
  alsoAsked: "Também perguntada como",
  documents: "Documentos mais próximos",
  covers: (share: string) => `${share} das palavras`,
  noDocuments: "Nenhum documento diz algo próximo.",
  todo: {
    curate: "Escreva uma resposta ou diga isso com mais clareza no documento.",
    document: "Escreva um documento sobre isso ou acrescente a um existente.",
    scope: "Escreva um documento sobre isso; se não for assunto do bot, inclua-o nas configurações como recusado.",
  },
  curate: "Escrever uma resposta",
  knowledge: "Pesquisar nos documentos",
  settings: "Ir para as configurações",
  emptyTitle: "Nenhuma lacuna",
  emptyText:
    "Ninguém perguntou nada neste período ou tudo foi bem respondido. Só são citadas lacunas de pessoas que concordaram que suas palavras sejam lidas.",
  noneTitle: "Nenhuma deste tipo",
  noneText: "Há lacunas de outro tipo.",
  shown: (shown: string, total: string) => `Primeiras ${shown} de ${total}.`,
};
