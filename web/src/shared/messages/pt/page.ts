import type { Texts } from "../text";

export const app: Texts["app"] = {
  skip: "Ir para a caixa de mensagem",
  loading: "Carregando…",
  offline: "Sem conexão com o servidor. Sua conversa continua aqui; eu prossigo assim que ela voltar.",
  release: (id: string) => `Release ${id}`,
  crashed: "Algo deu errado nesta página. Suas conversas estão seguras no servidor.",
  reload: "Recarregar a página",
};

export const errors: Texts["errors"] = {
  unreachable: "Não foi possível acessar o servidor. Verifique sua conexão e tente de novo.",
  unexpected: "Algo deu errado. Tente de novo.",
  status: (status: number) => `O servidor respondeu com um erro (${status}). Tente de novo em instantes.`,
  retry: "Tentar de novo",
  retryIn: (seconds: number) => `Tentar de novo em ${seconds} s`,
  botTitle: "O assistente não está disponível no momento",
  conversationTitle: "Não foi possível carregar esta conversa",
  notFoundTitle: "Esta conversa não existe",
  notFound: "Ela pode ter sido excluída ou pertence a outra pessoa.",
  dismiss: "Dispensar",
  part: "Não foi possível mostrar esta parte da página. O que está armazenado está seguro.",
  message: "Não foi possível mostrar esta mensagem como deveria.",
};
