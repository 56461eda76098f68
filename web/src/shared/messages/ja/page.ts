import type { Texts } from "../text";

export const app: Texts["app"] = {
  skip: "入力欄へ移動",
  loading: "読み込んでいます…",
  offline: "サーバーに接続できません。会話はここに残ります。つながりしだい再開します。",
  release: (id: string) => `リリース${id}`,
  crashed: "このページで問題が発生しました。会話はサーバーに安全に保存されています。",
  reload: "ページを再読み込み",
};

export const errors: Texts["errors"] = {
  unreachable: "サーバーに接続できません。接続を確認して、もう一度お試しください。",
  unexpected: "問題が発生しました。もう一度お試しください。",
  status: (status: number) => `サーバーがエラーを返しました（${status}）。しばらくしてからもう一度お試しください。`,
  retry: "再試行",
  retryIn: (seconds: number) => `${seconds}秒後に再試行`,
  botTitle: "アシスタントは現在ご利用いただけません",
  conversationTitle: "この会話を読み込めませんでした",
  notFoundTitle: "この会話は存在しません",
  notFound: "削除されたか、ほかの人の会話です。",
  dismiss: "閉じる",
  part: "ページのこの部分を表示できませんでした。保存されている内容は無事です。",
  message: "このメッセージを本来の形で表示できませんでした。",
};
