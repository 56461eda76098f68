import type { Texts } from "../text";

export const theme: Texts["theme"] = {
  title: "外観",
  light: "ライト",
  dark: "ダーク",
  system: "システムに合わせる",
  contrast: "ハイコントラスト",
};

export const shortcuts: Texts["shortcuts"] = {
  title: "キーボードショートカット",
  close: "閉じる",
  send: "メッセージを送信",
  newline: "改行",
  stop: "回答を停止、またはフォームを閉じる",
  editLast: "直前の自分のメッセージを編集（入力欄が空のとき）",
  newConversation: "新しい会話",
  search: "会話を検索",
  sidebar: "会話の一覧を表示／非表示",
  focus: "入力欄に移動",
  help: "この一覧",
  or: "または",
};

export const language: Texts["language"] = {
  title: "言語",
};
