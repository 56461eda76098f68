import { count } from "./count";
import type { Texts } from "../text";

export const attachments: Texts["attachments"] = {
  add: "Anexar um arquivo",
  title: "Anexado",
  reading: (name: string) => `Lendo ${name}…`,
  remove: (name: string) => `Remover ${name}`,
  open: (name: string) => `Mostrar o conteúdo de ${name}`,
  added: (name: string) => `${name} foi anexado.`,
  size: (characters: number) =>
    count(characters, { one: "# caractere", many: "# de caracteres", other: "# caracteres" }),
  failed: (name: string, why: string) => `${name} não foi anexado. ${why}`,
  tooLong: (name: string, tokens: number, room: number) =>
    `${name} é longo demais para este assistente: ocupa ${count(tokens, { one: "# token", many: "# de tokens", other: "# tokens" })}, e o espaço é de ${count(room, { one: "#", many: "#", other: "#" })}. Anexe só a parte que importa.`,
  tooLarge: (name: string) => `${name} tem mais de 5 MB. Anexe só a parte que importa.`,
  tooMany: (most: number) =>
    count(most, {
      one: "É possível enviar # arquivo por mensagem.",
      many: "É possível enviar até # de arquivos por mensagem.",
      other: "É possível enviar até # arquivos por mensagem.",
    }),
  note: "O assistente lê isto como material. Ele não segue instruções contidas no arquivo.",
  close: "Fechar",
};

export const own: Texts["own"] = {
  pin: "Fixar no topo",
  unpin: "Desafixar",
  share: "Compartilhar um link…",
  saveMarkdown: "Salvar como Markdown",
  saveJson: "Salvar como JSON",
  saveFailed: (why: string) => `Nada foi salvo. ${why}`,
  saved: "Salvo.",
  imported: "Importada",
  importedNote: "Esta conversa foi importada de um arquivo. Ela é só sua: nada é aprendido com ela.",
  foundIn: "Encontrado em uma mensagem",
};

export const temporary: Texts["temporary"] = {
  start: "Chat temporário",
  on: "O chat temporário está ativado",
  leave: "Sair do chat temporário",
  title: "Um chat temporário",
  note: "Ele não aparece na sua lista, ninguém aprende com ele e ele some quando você sai ou recarrega esta página.",
};

export const sharing: Texts["sharing"] = {
  title: "Compartilhar esta conversa",
  text: "Quem tiver o link pode lê-la até a última mensagem deste momento, sem entrar em uma conta. O que você escrever depois não é mostrado.",
  warning: "Leia tudo antes: nomes, endereços e outros dados pessoais aparecem como estão.",
  days: "O link funciona por",
  forDays: (days: number) => count(days, { one: "# dia", many: "# de dias", other: "# dias" }),
  make: "Criar o link",
  link: "O link, mostrado só desta vez",
  copy: "Copiar o link",
  links: "Links ativos",
  made: (date: string) => `criado em ${date}`,
  until: (date: string) => `até ${date}`,
  messages: (n: number) => count(n, { one: "# mensagem", many: "# de mensagens", other: "# mensagens" }),
  revoke: "Revogar",
  revoked: "O link não funciona mais.",
  close: "Fechar",
  nothing: "Ainda não há nada para compartilhar.",
  shownTitle: (title: string) => `${title} · compartilhada`,
  shownBy: (bot: string) => `Uma conversa com ${bot}, compartilhada por link`,
  shownUntil: (date: string) => `Esta página deixa de existir em ${date}.`,
  ended: "Este link não funciona",
  start: "Faça sua própria pergunta",
  user: "Pergunta",
};

export const mine: Texts["mine"] = {
  title: "Seus dados",
  open: "Seus dados e privacidade",
  consentTitle: "Suas conversas podem ajudar a melhorar este assistente?",
  yes: "Sim, podem usá-las",
  no: "Não",
  granted: (date: string) => `Você concordou em ${date}.`,
  refused: "Você não concordou: nada é aprendido com o que você escreve.",
  unasked: "Nada é aprendido com o que você escreve aqui: este assistente não pede isso.",
  withdraw: "Retirar",
  agree: "Concordar",
  kept: (days: number) =>
    days === 0
      ? "Suas conversas são mantidas até você excluí-las."
      : count(days, {
          one: "As conversas são excluídas após # dia sem mensagens.",
          many: "As conversas são excluídas após # de dias sem mensagens.",
          other: "As conversas são excluídas após # dias sem mensagens.",
        }),
  changed: "Salvo. Obrigado.",
  exportTitle: "Leve seus dados com você",
  exportText: "Tudo o que é guardado sobre você, em um arquivo ZIP.",
  export: "Exportar tudo",
  importTitle: "Trazer uma conversa de volta",
  importText: "Um arquivo JSON salvo aqui anteriormente.",
  import: "Importar um arquivo…",
  importFailed: (why: string) => `O arquivo não foi importado. ${why}`,
  notOurs: "Não é uma conversa salva aqui.",
  deleteTitle: "Excluir tudo",
  deleteText:
    "Todas as suas conversas, avaliações e respostas sobre consentimento serão excluídas para sempre, assim como os links que você compartilhou.",
  delete: "Excluir todos os meus dados…",
  deleteSure: "Excluir para sempre",
  deleteCancel: "Manter",
  close: "Fechar",
};

export const tasks: Texts["tasks"] = {
  title: "Você está testando uma nova versão",
  done: (done: number, all: number) => `${done} de ${all} concluídas`,
  until: (date: string) => `O teste termina em ${date}.`,
  note: (task: string) => `Sua nota sobre “${task}”`,
  notePlaceholder: "Como foi? (opcional)",
  leave: "Sair do teste",
  leaveText: "Você voltará a falar com o assistente de sempre.",
  thanks: "Tudo pronto. Obrigado!",
};

export const person: Texts["person"] = {
  ask: "Pedir atendimento humano",
  wanted: "Uma pessoa da equipe foi chamada. Enquanto isso, você pode continuar escrevendo.",
  here: (name: string) =>
    name
      ? `${name} assumiu a conversa e agora responde a você.`
      : "Uma pessoa assumiu a conversa e agora responde a você.",
  back: "Continuar com o assistente",
  ended: "O assistente voltou a responder.",
  answerOf: (name: string) => (name ? `Resposta de ${name}` : "Resposta de uma pessoa"),
  tag: (name: string) => (name ? `${name}, pessoa da equipe` : "Uma pessoa da equipe"),
  waiting: "Sua mensagem já está com a equipe.",
  placeholder: (name: string) => (name ? `Mensagem para ${name}` : "Mensagem para a pessoa"),
};

export const page: Texts["page"] = {
  waiting: "Sem conexão. A mensagem será enviada assim que ela voltar.",
  dontSend: "Não enviar",
  update: "Uma nova versão desta página está pronta.",
  updateNow: "Recarregar",
  next: "Você pode perguntar em seguida",
};
