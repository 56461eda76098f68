import { count } from "../../ja/count";
import type { ConsoleTexts } from "../text";

/** By kind of reason: why such a row is left out, and what to do to keep rows like it. */
const kinds: ConsoleTexts["data"]["kinds"] = {
  exact: {
    why: "大文字・小文字や空白の違いを除いて、同じ会話がすでにデータにあります。",
    keep: "失われるものはありません。そのうち1つを学習します。",
  },
  near: {
    why: "残される別の会話と、ほぼ同じ内容です。",
    keep: "[data]のnear_duplicatesの値を上げるか、すべて残すには0にしてください。",
  },
  question: {
    why: "ボットのテストに使う質問が含まれています。学習するとテストの意味がなくなります。",
    keep: "学習に使うほうが有益なら、その質問をテストケースから外してください。",
  },
  judged: {
    why: "返答が「悪い」と判定されていて、テストに使われるところでした。",
    keep: "返答または判定を修正してください。",
  },
  taught: {
    why: "テスト用に取っておかれましたが、レビュー済みの訂正がその質問を教えています。",
    keep: "何もする必要はありません。代わりに訂正が学習されます。",
  },
  superseded: {
    why: "レビュー済みの訂正によると、返答が間違っています。",
    keep: "返答が正しかった場合は、レビューで訂正を取り消してください。",
  },
  erased: {
    why: "消去された人の名前などが含まれています。",
    keep: "残すことはできません。",
  },
  long: {
    why: "許可された長さを超えるメッセージがあります。",
    keep: "[data]のmax_message_charsの値を上げるか、文章を短くしてください。",
  },
  repeats: {
    why: "同じ内容を何度も繰り返すメッセージがあり、ボットがそれを覚えてしまいます。",
    keep: "[data]のstepsからrepetitionを外してください。",
  },
  language: {
    why: "ボットが話さない言語で書かれています。",
    keep: "その言語を[bot]のlanguagesに追加してください。",
  },
  assistant: {
    why: "回答する人がいないため、学習できる内容がありません。",
    keep: "人どうしのチャットの場合は、ファイルを追加するときに、ボットが誰として話すかを指定してください。",
  },
  user: {
    why: "質問する人がいません。",
    keep: "人どうしのチャットの場合は、ボットが誰として話すかを指定してください。それ以外の全員が質問者になります。",
  },
  json: {
    why: "この行は正しいJSONではありません。",
    keep: "1行に1つのJSON値となるように、ファイルをエクスポートし直してください。",
  },
  encoding: {
    why: "この行には、文字として読めないバイトがあります。",
    keep: "ファイルをUTF-8で保存して、追加し直してください。",
  },
  textless: {
    why: "画像やファイルなどで、言葉が含まれていません。",
    keep: "学習できるのは言葉だけです。",
  },
  notice: {
    why: "誰かの参加など、プログラムによる通知です。",
    keep: "失われるものはありません。誰の発言でもありません。",
  },
  bot: {
    why: "別のボットが書いたものです。",
    keep: "ファイルを追加するときに、あなたのボットがそのボットとして話すように指定してください。",
  },
  deleted: {
    why: "書いた本人が削除したものです。",
    keep: "残すことはできません。",
  },
  shape: {
    why: "質問と回答など、この形式に必要なものが欠けているか、不明なロールがあります。",
    keep: "各列の内容を指定する、ロールの名前をuserとassistantに変える、または別の形式を選んでください。",
  },
};

export const data: ConsoleTexts["data"] = {
  title: "データ",
  about:
    "ボットが学習する元です。ファイル、そこから作られたデータセット、そして除外されたすべての行とその理由を確認できます。",
  build: "データセットを作成",
  dataset: "データセット",
  datasetNamed: (id: string, when: string, used: boolean) => `${id}、${when}${used ? "（使用中）" : ""}`,
  none: "データセットはまだありません",
  noneText: "会話を追加してから、データセットを作成してください。トレーニングの際にも自動で作成されます。",
  tabs: { report: "レポート", rejected: "除外", compared: "変更点", files: "ファイル" },
  splits: { train: "学習用", dev: "学習の監視用", test: "テスト用", judged: "「悪い」と判定" },
  roles: { user: "ユーザー", assistant: "ボット", system: "システム", tool: "ツール", evidence: "根拠" },
  kinds,
  work: {
    kinds: {
      data: "データセットの作成",
      import: "追加",
      train: "トレーニング",
      evaluate: "評価",
      improve: "改善",
    },
    states: {
      running: "実行中",
      done: "完了",
      failed: "失敗",
      stopped: "停止",
      interrupted: "中断",
    },
    stop: "停止",
    said: "出力",
  },
  report: {
    read: "読み込んだ行",
    train: "学習",
    trainHint: "学習に使用",
    dev: "開発",
    devHint: "学習中の監視に使用",
    test: "テスト",
    testHint: "最終的な数値に使用",
    rejected: "除外",
    leaking: "学習データに含まれるテスト行",
    leakingHint: "0であるべき値",
    reasons: "行が除外された理由",
    noneRejected: "除外はありません。すべての行がデータセットに含まれています。",
    download: "レポートをダウンロード",
    hidden: "伏せられた情報",
    hiddenOff:
      "なし。名前や番号はそのまま学習されます。プレースホルダーへの置き換えは、bot.tomlの[privacy]で有効にできます。",
    hiddenAbout: "モデルには見せない個人情報です。例は、代わりにモデルが見る内容を示しています。",
    sources: "ファイル",
    file: "ファイル",
    format: "形式",
    languages: "言語",
    clusters: "ほぼ重複する行",
    clustersAbout:
      "ほぼ同じ内容の行をまとめた、最も大きいグループです。各グループから1つを残します。本当に同じかどうか確認してください。",
    topics: "対応範囲とデータ",
    sampled: (n: number) =>
      `${n}件の会話のうち、各トピックに関係すると思われるものを語句から推定した件数です。正確な集計ではなく、目安です。`,
    groups: "質問の内容",
    examples: "例",
  },
  rejected: {
    search: "発言内を検索",
    reason: "理由",
    file: "ファイル",
    all: "すべて",
    keep: "このような行を残すには：",
    none: "行はありません",
    noneText: "除外された行はありません。",
    noneFit: "一致する行はありません。別の語句で検索してください。",
    noText: "（テキストなし）",
    shown: (from: number, to: number, total: number) => `${count(total, { other: "#行" })}中${from}～${to}`,
    before: "前へ",
    next: "次へ",
    alike: (share: string) => `類似度${share}`,
    like: (name: string) => `${name}に類似`,
    place: (source: string, position: number) => `${source}、${position + 1}番目`,
    showKept: "残された会話を表示",
  },
  row: {
    title: "会話",
    about: (source: string, position: number, split: string) => `${source}、${position + 1}番目、${split}`,
  },
  compared: {
    with: "比較対象",
    none: "比較するものがありません",
    noneText: "データセットは1つだけです。ファイルを変更して新しいデータセットを作成すると、違いがここに表示されます。",
    counts: (added: number, gone: number, moved: number, same: number) =>
      `会話：${count(added, { other: "新規#件" })}、${count(gone, { other: "消失#件" })}、${count(moved, { other: "区分変更#件" })}、${count(same, { other: "変更なし#件" })}。`,
    reasons: "除外",
    before: "変更前",
    after: "変更後",
    kinds: { added: "新規", gone: "消失", moved: "区分変更" },
    first: (shown: number, all: number) => (shown < all ? `全${all}件中、最初の${shown}件。` : ""),
  },
  files: {
    about: "ここでファイルが変更されることはありません。ファイルを外すには、ボットのフォルダーから削除してください。",
    caption: "ファイル",
    file: "ファイル",
    format: "読み込み形式",
    said: "指定どおり",
    held: "テスト専用",
    size: "サイズ",
    at: "変更日時",
    none: "ファイルはまだありません",
    noneText: "チャット、チケット、メール、または質問と回答の表を追加してください。",
  },
  add: {
    open: "会話を追加",
    about:
      "チャット、チケット、メール、質問と回答の表を追加できます。取り込む前に、どのように読み込まれるかを確認できます。",
    file: "ファイル",
    limits: (endings: string, largest: string) => `${endings}、最大${largest}`,
    tooLarge: (largest: string) => `ファイルが${largest}を超えています。分割するか、コマンドラインを使ってください。`,
    progress: (name: string) => `${name}をアップロードしています`,
    looking: "確認しています…",
    format: "形式",
    formatHint: "内容から判別しました。下の会話が正しく見えない場合は、別の形式を選んでください。",
    detected: (format: string) => `自動判別：${format}`,
    detect: "自動判別",
    who: "ボットは誰として話しますか？",
    speaker: (name: string, messages: number) => `${name}（${count(messages, { other: "メッセージ#件" })}）`,
    dates: "日付の順序",
    datesFound: "自動判別",
    dmy: "日・月・年",
    mdy: "月・日・年",
    ymd: "年・月・日",
    evaluation: "テスト専用",
    evaluationHint: "学習には使わず、これらの会話でボットをテストします。",
    isDocument: "これは会話ではなく文書です。ボットが回答の根拠にする資料に追加してください：",
    whole: (kept: string, rows: string) => `${rows}行中${kept}行を使用できます。`,
    beginning: (kept: string, rows: string) => `最初の${rows}行のうち、${kept}行を使用できます。`,
    take: "このファイルを追加",
  },
};
