import type { Texts } from "../text";

export const widget: Texts["widget"] = {
  new: "Nova conversa",
  close: "Fechar o chat",
  forget: "Excluir o que eu disse",
  forgetTitle: "Excluir tudo o que você disse aqui?",
  forgetNote: "Suas conversas neste chat são excluídas para sempre, assim como o que foi aprendido com elas.",
  forgetYes: "Excluir tudo",
  forgetNo: "Manter",
  forgotten: "Tudo o que você disse aqui foi excluído.",
  consentTitle: "Antes, uma pergunta",
  consentNote: "O chat funciona de qualquer forma.",
  agree: "Concordo",
  decline: "Não, obrigado",
  refusedTitle: "O chat não está disponível aqui",
};
