import type { Texts } from "../text";

export const conversations: Texts["conversations"] = {
  title: "会話",
  new: "新しい会話",
  untitled: "新しい会話",
  search: "会話を検索",
  none: "会話はまだありません。",
  noMatch: (search: string) => `「${search}」に一致する会話は見つかりませんでした。`,
  failed: "一覧を読み込めませんでした。",
  more: (title: string) => `「${title}」のその他の操作`,
  rename: "名前を変更",
  renameLabel: "新しいタイトル",
  renameFailed: (why: string) => `名前を変更できませんでした。${why}`,
  delete: "削除",
  deleteTitle: "この会話を削除しますか？",
  deleteText: (title: string) => `「${title}」とその回答は完全に削除され、元に戻せません。`,
  cancel: "キャンセル",
  deleted: "会話を削除しました。",
  show: "会話の一覧を表示",
  hide: "会話の一覧を非表示",
  groups: { pinned: "ピン留め", today: "今日", yesterday: "昨日", week: "過去7日間", older: "それ以前" },
};
