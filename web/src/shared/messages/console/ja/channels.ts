import { count } from "../../ja/count";
import type { ConsoleTexts } from "../text";

export const channels: ConsoleTexts["channels"] = {
  title: "チャネル",
  about: "利用者がボットに接続する経路と、それぞれの状態です。実際の経路を通したテストもできます。",
  states: { ready: "正常", off: "オフ", failed: "異常" },
  names: {
    web: "ページ",
    widget: "ウィジェット",
    api: "API",
  },
  abouts: {
    web: "このサーバー自身のページにあるチャットです。",
    widget: "スクリプトタグ1つで他のサイトに置けるチャットです。タグは「ウィジェット」のページにあります。",
    api: "APIキーを使うプログラム用です。キーが不要な場合は、このマシン上の誰でも使えます。",
  },
  replies: (n: number) => count(n, { other: "過去24時間の回答#件" }),
  failedReplies: (n: number) => count(n, { other: "うち#件が失敗" }),
  facts: {
    page_of: "ページの対象",
    visitors: "ログインなしの利用",
    writes_per_minute: "アドレスごとの毎分メッセージ数",
    running: "作成中の回答",
    sites: "表示を許可したサイト",
    keys: "使用中のキー",
    needed: "キーの要求",
    used_at: "キーの最終使用",
    vendor: "提供元",
    waiting: "送信待ち",
    dead: "送信を断念",
    trouble: "問題",
  },
  values: {
    true: "はい",
    false: "いいえ",
    auto: "このマシンからのみ",
    required: "常に",
    off: "しない",
    0: "無制限",
  },
  autoNeeded: "キーが作成されしだい",
  test: "テストメッセージ",
  testLabel: (name: string) => `テストする質問：${name}`,
  testHint: "ボットは、そこを利用する人に答えるのと同じように答えます。内容は保存されません。",
  send: "送信",
  route: (route: string, took: string) => `${route}、${took}`,
};
