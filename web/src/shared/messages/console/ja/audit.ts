import { count } from "../../ja/count";
import type { ConsoleTexts } from "../text";

export const audit: ConsoleTexts["audit"] = {
  title: "監査ログ",
  about: "誰が、誰のデータに、何をしたかの記録です。発言の内容は含まれず、人は仮名で示されます。",
  caption: "イベント（新しい順）",
  number: "番号",
  at: "日時",
  action: "操作",
  actor: "操作した人",
  subject: "対象者",
  detail: "詳細",
  anything: "すべて",
  person: "人",
  personHint: "アカウントの名前、訪問者のID、または仮名。",
  since: "開始日",
  until: "終了日",
  cli: "コマンドライン",
  system: "サーバー",
  emptyTitle: "該当するイベントはありません",
  emptyText: "このフィルターに一致する記録はログにありません。",
  verify: "チェーンを検証",
  verifyAbout:
    "各行には、その行自身と直前の行の鍵付きハッシュが記録されています。先頭のハッシュを別の場所に保管しておくと、後の検証で照合できます。",
  head: "以前の先頭ハッシュ（任意）",
  whole: (n: number) => `ログは完全です（${count(n, { other: "#行" })}）。`,
  broken: (n: number) => count(n, { other: "#件の異常が見つかりました。" }),
  headIs: "先頭ハッシュ",
  copyHead: "先頭ハッシュをコピー",
  export: "すべてダウンロード",
  newest: "最新に戻る",
};
