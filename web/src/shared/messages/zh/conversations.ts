import type { Texts } from "../text";

export const conversations: Texts["conversations"] = {
  title: "对话",
  new: "新对话",
  untitled: "新对话",
  search: "搜索对话",
  none: "还没有对话。",
  noMatch: (search: string) => `没有找到“${search}”。`,
  failed: "无法加载列表。",
  more: (title: string) => `“${title}”的更多操作`,
  rename: "重命名",
  renameLabel: "新标题",
  renameFailed: (why: string) => `未能重命名。${why}`,
  delete: "删除",
  deleteTitle: "删除此对话？",
  deleteText: (title: string) => `“${title}”及其中的回答将被永久删除。`,
  cancel: "取消",
  deleted: "对话已删除。",
  show: "显示对话列表",
  hide: "隐藏对话列表",
  groups: { pinned: "已置顶", today: "今天", yesterday: "昨天", week: "最近 7 天", older: "更早" },
};
