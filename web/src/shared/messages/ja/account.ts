import type { Texts } from "../text";

export const account: Texts["account"] = {
  title: "ログイン",
  name: "名前",
  password: "パスワード",
  logIn: "ログイン",
  againTitle: "もう一度ログインしてください",
  again:
    "ログインの有効期限が切れました。何も失われていません。入力した内容はここに残り、作成中の回答もそのまま続きます。",
  logOut: (name: string) => `ログアウト（${name}）`,
  toFirst: "最初のオーナー用のトークンを持っている",
  toLogin: "ログインに戻る",
  firstTitle: "最初のオーナーのアカウント",
  token: "トークン",
  newPassword: "新しいパスワード（12文字以上）",
  make: "アカウントを作成",
  invitationTitle: (bot: string) => `${bot}に招待されました`,
  invitationText: (role: string) => `お好きな名前とパスワードを決めてください。あなたの役割は「${role}」です。`,
  invitationBad: "この招待は使用できません",
  roles: { owner: "オーナー", editor: "編集者", reviewer: "レビュー担当者", visitor: "訪問者" },
  toChat: "チャットへ",
  console: "コンソール：ボットを管理",
};
