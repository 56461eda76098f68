import type { Texts } from "../text";
import { count } from "./count";

export const chat: Texts["chat"] = {
  log: "会話",
  you: "あなたのメッセージ",
  answerOf: (name: string) => `${name}の回答`,
  answering: (name: string) => `${name}が回答しています`,
  answered: (name: string, answer: string) => `${name}：${answer}`,
  retrying: "接続が切れました。回答の続きを受信しています…",
  stoppedNote: "停止しました。",
  interruptedNote: "回答が中断されました。",
  failedNote: "回答できませんでした。",
  emptyNote: "回答が空です。",
  notSent: "送信されませんでした。",
  noRetry: "新しい回答は開始されませんでした。",
  toBox: "入力欄に戻す",
  leftOut: (n: number) => count(n, { other: "古いほうから#件のメッセージは、モデルに渡されませんでした。" }),
  earlier: (n: number) => count(n, { other: "以前のメッセージを#件表示" }),
  jump: "最新のメッセージへ移動",
  suggestions: "質問の例",
  automated: "自動応答のアシスタントがお答えしています。間違えることもあります。",
};

export const composer: Texts["composer"] = {
  label: "メッセージ",
  placeholder: (name: string) => `${name}へのメッセージ`,
  send: "送信",
  stop: "停止",
  stopping: "停止しています…",
  tooLong: (length: number, most: number) =>
    `このメッセージは${length}文字あります。一度に送信できるのは${most}文字までです。短くするか、分けて送信してください。`,
};

export const actions: Texts["actions"] = {
  copy: "コピー",
  copied: "コピーしました",
  copyFailed: "ブラウザがコピーを許可しませんでした。テキストを選択して、手動でコピーしてください。",
  copyCode: "コードをコピー",
  retry: "もう一度回答",
  edit: "編集",
  good: "良い回答",
  bad: "良くない回答",
  previous: "前のバージョン",
  next: "次のバージョン",
  version: (n: number, total: number) => `バージョン${n}／${total}`,
  versions: "バージョン",
};

export const edit: Texts["edit"] = {
  label: "メッセージを編集",
  save: "送信",
  cancel: "キャンセル",
  note: "以前のバージョンも残り、切り替えて表示できます。",
};

export const feedback: Texts["feedback"] = {
  title: { up: "どこが良かったですか？", down: "どこが良くありませんでしたか？" },
  comment: "コメント（任意）",
  correction: "どのような回答が正しかったですか？（任意）",
  start: "元の回答をもとに書く",
  send: "送信",
  close: "閉じる",
  remove: "評価を取り消す",
  saved: {
    up: "ありがとうございます。「良い」と評価しました。",
    down: "ありがとうございます。「良くない」と評価しました。",
  },
  sent: "ありがとうございます。フィードバックを送信しました。",
  removed: "評価を取り消しました。",
};

export const routes: Texts["routes"] = {
  generated: { label: "生成", hint: "モデルが書いた回答です。" },
  refused: {
    label: "回答見送り",
    hint: "確信が持てないか、対応範囲外のため、アシスタントは回答を見送りました。",
  },
  curated: { label: "確認済み", hint: "人が確認した回答です。" },
  retrieved: { label: "文書から", hint: "出典に挙げた文書から引用した回答です。" },
  known: { label: "既知の回答", hint: "このような質問に対してあらかじめ用意されている回答です。" },
};

export const sources: Texts["sources"] = {
  title: (n: number) => count(n, { other: "出典#件" }),
  untitled: "無題の出典",
};

export const markdown: Texts["markdown"] = {
  image: (alt: string, host: string) => `画像は読み込まれていません：${alt || "説明なし"}（${host}）`,
  external: (host: string) => `${host}を新しいタブで開きます`,
  code: "コード",
  table: "表",
  task: "タスク",
  all: "すべて表示",
  allLines: (n: number) => `全${n}行を表示`,
  allRows: (n: number) => `全${n}行を表示`,
  allItems: (n: number) => `全${n}項目を表示`,
};
