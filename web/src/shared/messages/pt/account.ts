import type { Texts } from "../text";

export const account: Texts["account"] = {
  title: "Entrar",
  name: "Nome",
  password: "Senha",
  logIn: "Entrar",
  againTitle: "Entre de novo",
  again:
    "Sua sessão terminou. Nada se perde: o que você escreveu continua aqui, e uma resposta em andamento prossegue.",
  logOut: (name: string) => `Sair da conta ${name}`,
  toFirst: "Tenho o token do primeiro proprietário",
  toLogin: "Prefiro entrar",
  firstTitle: "A conta do primeiro proprietário",
  token: "Token",
  newPassword: "Nova senha, com pelo menos 12 caracteres",
  make: "Criar a conta",
  invitationTitle: (bot: string) => `Você recebeu um convite para ${bot}`,
  invitationText: (role: string) => `Escolha um nome e uma senha só seus. Seu papel será: ${role}.`,
  invitationBad: "Este convite não pode ser usado",
  roles: { owner: "proprietário", editor: "editor", reviewer: "revisor", visitor: "visitante" },
  toChat: "Ir para o chat",
  console: "Console: cuidar do bot",
};
