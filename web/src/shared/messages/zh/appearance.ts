import type { Texts } from "../text";

export const theme: Texts["theme"] = {
  title: "外观",
  light: "浅色",
  dark: "深色",
  system: "跟随系统",
  contrast: "高对比度",
};

export const shortcuts: Texts["shortcuts"] = {
  title: "键盘快捷键",
  close: "关闭",
  send: "发送消息",
  newline: "换行",
  stop: "停止回答，或退出表单",
  editLast: "编辑上一条消息（输入框为空时）",
  newConversation: "新对话",
  search: "搜索对话",
  sidebar: "显示或隐藏对话列表",
  focus: "跳到输入框",
  help: "显示此列表",
  or: "或",
};

export const language: Texts["language"] = {
  title: "语言",
};
