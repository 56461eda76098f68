import type { Texts } from "../text";

export const widget: Texts["widget"] = {
  new: "新しい会話",
  close: "チャットを閉じる",
  forget: "自分の発言を削除",
  forgetTitle: "ここでの発言をすべて削除しますか？",
  forgetNote: "このチャットでの会話は完全に削除され、そこから学習した内容も消去されます。",
  forgetYes: "すべて削除",
  forgetNo: "削除しない",
  forgotten: "ここでの発言をすべて削除しました。",
  consentTitle: "はじめに1つお尋ねします",
  consentNote: "どちらを選んでもチャットは使えます。",
  agree: "同意します",
  decline: "同意しません",
  refusedTitle: "ここではチャットをご利用いただけません",
};
