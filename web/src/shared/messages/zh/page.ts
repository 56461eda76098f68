import type { Texts } from "../text";

export const app: Texts["app"] = {
  skip: "跳到输入框",
  loading: "正在加载…",
  offline: "无法连接到服务器。您的对话仍在这里，连接恢复后会立即继续。",
  release: (id: string) => `发布版本 ${id}`,
  crashed: "此页面出了点问题。您的对话安全地保存在服务器上。",
  reload: "刷新页面",
};

export const errors: Texts["errors"] = {
  unreachable: "无法连接到服务器。请检查网络连接后重试。",
  unexpected: "出了点问题，请重试。",
  status: (status: number) => `服务器返回了错误（${status}）。请稍后重试。`,
  retry: "重试",
  retryIn: (seconds: number) => `${seconds} 秒后重试`,
  botTitle: "助手目前不可用",
  conversationTitle: "无法加载此对话",
  notFoundTitle: "此对话不存在",
  notFound: "它可能已被删除，或者属于其他人。",
  dismiss: "关闭",
  part: "页面的这一部分无法显示。已保存的内容是安全的。",
  message: "此消息无法按预期的样式显示。",
};
