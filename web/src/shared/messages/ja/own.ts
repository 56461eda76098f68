import type { Texts } from "../text";
import { count } from "./count";

export const attachments: Texts["attachments"] = {
  add: "ファイルを添付",
  title: "添付ファイル",
  reading: (name: string) => `${name}を読み込んでいます…`,
  remove: (name: string) => `${name}を外す`,
  open: (name: string) => `${name}の内容を表示`,
  added: (name: string) => `${name}を添付しました。`,
  size: (characters: number) => count(characters, { other: "#文字" }),
  failed: (name: string, why: string) => `${name}を添付できませんでした。${why}`,
  tooLong: (name: string, tokens: number, room: number) =>
    `${name}はこのアシスタントには長すぎます。${count(tokens, { other: "#トークン" })}必要ですが、空きは${count(room, { other: "#トークン" })}です。必要な部分だけを添付してください。`,
  tooLarge: (name: string) => `${name}は5 MBを超えています。必要な部分だけを添付してください。`,
  tooMany: (most: number) => count(most, { other: "1つのメッセージに添付できるファイルは#件までです。" }),
  note: "アシスタントはこれを資料として読みます。中に書かれた指示には従いません。",
  close: "閉じる",
};

export const own: Texts["own"] = {
  pin: "一番上にピン留め",
  unpin: "ピン留めを外す",
  share: "リンクを共有…",
  saveMarkdown: "Markdownとして保存",
  saveJson: "JSONとして保存",
  saveFailed: (why: string) => `保存できませんでした。${why}`,
  saved: "保存しました。",
  imported: "インポート済み",
  importedNote: "この会話はファイルからインポートされました。あなただけのもので、学習には使われません。",
  foundIn: "メッセージ内で見つかりました",
};

export const temporary: Texts["temporary"] = {
  start: "一時チャット",
  on: "一時チャットがオンです",
  leave: "一時チャットを終了",
  title: "一時チャット",
  note: "一覧に残らず、学習にも使われません。終了するか、このページを再読み込みすると消えます。",
};

export const sharing: Texts["sharing"] = {
  title: "この会話を共有",
  text: "リンクを知っている人は誰でも、ログインせずに、現時点の最後のメッセージまで読むことができます。この後に書いた内容は表示されません。",
  warning: "先に内容を読み返してください。名前や住所などの個人情報もそのまま表示されます。",
  days: "リンクの有効期間",
  forDays: (days: number) => count(days, { other: "#日間" }),
  make: "リンクを作成",
  link: "リンク（表示されるのは今回だけです）",
  copy: "リンクをコピー",
  links: "有効なリンク",
  made: (date: string) => `${date}に作成`,
  until: (date: string) => `${date}まで`,
  messages: (n: number) => count(n, { other: "メッセージ#件" }),
  revoke: "無効にする",
  revoked: "リンクを無効にしました。",
  close: "閉じる",
  nothing: "共有できる内容はまだありません。",
  shownTitle: (title: string) => `${title}・共有`,
  shownBy: (bot: string) => `${bot}との会話（リンクで共有）`,
  shownUntil: (date: string) => `このページは${date}に終了します。`,
  ended: "このリンクは使用できません",
  start: "自分でも質問してみる",
  user: "質問",
};

export const mine: Texts["mine"] = {
  title: "あなたのデータ",
  open: "あなたのデータとプライバシー",
  consentTitle: "このアシスタントの改善のために、あなたの会話を使ってもよろしいですか？",
  yes: "はい、使ってもかまいません",
  no: "いいえ",
  granted: (date: string) => `${date}に同意しました。`,
  refused: "同意していません。あなたが書いた内容は学習に使われません。",
  unasked: "ここで書いた内容は学習に使われません。このアシスタントはその同意を求めていません。",
  withdraw: "同意を取り消す",
  agree: "同意する",
  kept: (days: number) =>
    days === 0
      ? "会話は、あなたが削除するまで保存されます。"
      : count(days, { other: "会話は、やり取りがないまま#日たつと削除されます。" }),
  changed: "保存しました。ありがとうございます。",
  exportTitle: "データを持ち出す",
  exportText: "あなたについて保存されているすべてのデータを、ZIPファイルで受け取れます。",
  export: "すべてエクスポート",
  importTitle: "会話を読み込む",
  importText: "以前ここで保存したJSONファイルを使います。",
  import: "ファイルをインポート…",
  importFailed: (why: string) => `ファイルをインポートできませんでした。${why}`,
  notOurs: "ここで保存された会話ではありません。",
  deleteTitle: "すべて削除",
  deleteText: "あなたの会話、評価、同意に関する回答はすべて完全に削除され、共有したリンクも使えなくなります。",
  delete: "自分のデータをすべて削除…",
  deleteSure: "完全に削除",
  deleteCancel: "削除しない",
  close: "閉じる",
};

export const tasks: Texts["tasks"] = {
  title: "新しいバージョンをテスト中です",
  done: (done: number, all: number) => `${all}件中${done}件完了`,
  until: (date: string) => `テストは${date}に終了します。`,
  note: (task: string) => `「${task}」についてのメモ`,
  notePlaceholder: "いかがでしたか？（任意）",
  leave: "テストをやめる",
  leaveText: "通常のアシスタントとの会話に戻ります。",
  thanks: "すべて完了しました。ありがとうございます！",
};

export const person: Texts["person"] = {
  ask: "担当者を呼ぶ",
  wanted: "チームの担当者を呼びました。お待ちの間もメッセージを送れます。",
  here: (name: string) =>
    name ? `${name}さんが引き継ぎ、これからお答えします。` : "担当者が引き継ぎ、これからお答えします。",
  back: "アシスタントとの会話に戻る",
  ended: "再びアシスタントがお答えします。",
  answerOf: (name: string) => (name ? `${name}さんの回答` : "担当者の回答"),
  tag: (name: string) => (name ? `${name}さん（チームの担当者）` : "チームの担当者"),
  waiting: "メッセージは担当者に届いています。",
  placeholder: (name: string) => (name ? `${name}さんへのメッセージ` : "担当者へのメッセージ"),
};

export const page: Texts["page"] = {
  waiting: "接続がありません。つながりしだい送信されます。",
  dontSend: "送信しない",
  update: "このページの新しいバージョンがあります。",
  updateNow: "再読み込み",
  next: "次の質問の例",
};
