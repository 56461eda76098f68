import { count } from "../../ja/count";
import type { ConsoleTexts } from "../text";

/** What all pages of the console share. */
export const shell: ConsoleTexts["shell"] = {
  title: "コンソール",
  toChat: "チャットへ",
  nav: "コンソールのページ",
  show: "ページの一覧を表示",
  groups: { now: "現在", answers: "回答", knowledge: "ナレッジ", model: "モデル", reach: "接続", care: "管理" },
  bot: "ボット",
  notAllowed: "あなたのアカウントではこのページを開けません",
  notAllowedText: (role: string) =>
    `あなたの役割（${role}）には許可されていないページです。オーナーに問い合わせてください。`,
  notFound: "ページが見つかりません",
  loading: "読み込んでいます…",
  failed: "読み込めませんでした",
  undo: "元に戻す",
  dismiss: "閉じる",
  close: "閉じる",
  cancel: "キャンセル",
  save: "保存",
  more: "さらに表示",
  selected: (n: number) => count(n, { other: "#件選択中" }),
  selectAll: "表示中のものをすべて選択",
  selectRow: "この行を選択",
  typeToConfirm: (word: string) => `続けるには「${word}」と入力してください`,
  chartTable: "数値を表で表示",
  chartEmpty: "数値はまだありません。",
  time: "時刻",
  never: "なし",
  none: "なし",
  same: "違いはありません。",
  previous: "前へ",
  next: "次へ",
  pageOf: (from: string, to: string, total: string) => `${total}件中${from}～${to}`,
};
