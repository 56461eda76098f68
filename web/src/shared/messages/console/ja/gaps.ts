import { count } from "../../ja/count";
import type { ConsoleTexts } from "../text";

export const gaps: ConsoleTexts["gaps"] = {
  title: "ギャップ",
  about:
    "ボットがうまく答えられていない質問です。回答を見送った、低評価だった、または確信度が低かったものを示します。ほぼ同じ意味の質問をまとめ、多い順に並べています。",
  days: "質問された期間",
  periods: { "7": "7日間", "30": "30日間", "90": "90日間", "365": "1年間" },
  kindLabel: "表示",
  kinds: { all: "すべて", refused: "回答見送り", disliked: "低評価", unsure: "確信度が低い" },
  summary: (questions: number, well: string) =>
    `${count(questions, { other: "#件の質問がありました" })}。うち${well}にうまく回答できました。`,
  unquoted: (n: number) =>
    count(n, {
      other: "ほかに#件の質問にうまく回答できていません。質問した人が引用に同意していないため、表示していません。",
    }),
  asked: (n: number) => count(n, { other: "質問#回" }),
  refused: (n: number) => count(n, { other: "回答見送り#回" }),
  disliked: (n: number) => count(n, { other: "低評価#回" }),
  unsure: (n: number) => count(n, { other: "低確信度#回" }),
  last: (when: string) => `最終：${when}`,
  alsoAsked: "ほかの聞き方",
  documents: "最も近い文書",
  covers: (share: string) => `語句の${share}`,
  noDocuments: "近い内容の文書はありません。",
  todo: {
    curate: "回答を書くか、文書の記述をよりわかりやすくしてください。",
    document: "これについての文書を書くか、既存の文書に追記してください。",
    scope:
      "これについての文書を書いてください。ボットの対応範囲外であれば、設定で「回答しないこと」に追加してください。",
  },
  curate: "回答を書く",
  knowledge: "文書を検索",
  settings: "設定へ",
  emptyTitle: "ギャップはありません",
  emptyText:
    "この期間に質問がなかったか、すべてにうまく回答できています。ギャップとして引用されるのは、発言を読まれることに同意した人の質問だけです。",
  noneTitle: "この種類のギャップはありません",
  noneText: "ほかの種類のギャップがあります。",
  shown: (shown: string, total: string) => `全${total}件中、最初の${shown}件。`,
};
