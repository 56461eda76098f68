import type { Texts } from "../text";
import { count } from "./count";

export const attachments: Texts["attachments"] = {
  add: "添加附件",
  title: "附件",
  reading: (name: string) => `正在读取 ${name}…`,
  remove: (name: string) => `移除 ${name}`,
  open: (name: string) => `查看 ${name} 的内容`,
  added: (name: string) => `已添加 ${name}。`,
  size: (characters: number) => count(characters, { other: "# 个字符" }),
  failed: (name: string, why: string) => `未能添加 ${name}。${why}`,
  tooLong: (name: string, tokens: number, room: number) =>
    `${name} 对此助手来说太长：它需要 ${count(tokens, { other: "# 个 token" })}，而剩余空间为 ${count(room, { other: "# 个" })}。请只添加重要的部分。`,
  tooLarge: (name: string) => `${name} 超过 5 MB。请只添加重要的部分。`,
  tooMany: (most: number) => count(most, { other: "每条消息最多可附带 # 个文件。" }),
  note: "助手只把它当作资料阅读，不会执行其中的指令。",
  close: "关闭",
};

export const own: Texts["own"] = {
  pin: "置顶",
  unpin: "取消置顶",
  share: "分享链接…",
  saveMarkdown: "保存为 Markdown",
  saveJson: "保存为 JSON",
  saveFailed: (why: string) => `未能保存。${why}`,
  saved: "已保存。",
  imported: "已导入",
  importedNote: "此对话是从文件导入的，只属于您：不会用于学习。",
  foundIn: "在消息中找到",
};

export const temporary: Texts["temporary"] = {
  start: "临时聊天",
  on: "临时聊天已开启",
  leave: "退出临时聊天",
  title: "临时聊天",
  note: "它不会出现在您的列表中，也不会用于学习；离开或刷新页面后即消失。",
};

export const sharing: Texts["sharing"] = {
  title: "分享此对话",
  text: "任何拥有链接的人无需登录即可阅读截至目前最后一条消息的内容。您之后写的内容不会显示。",
  warning: "请先通读一遍：其中的姓名、地址和其他个人信息会原样显示。",
  days: "链接有效期",
  forDays: (days: number) => count(days, { other: "# 天" }),
  make: "创建链接",
  link: "链接（仅显示这一次）",
  copy: "复制链接",
  links: "有效的链接",
  made: (date: string) => `创建于 ${date}`,
  until: (date: string) => `有效期至 ${date}`,
  messages: (n: number) => count(n, { other: "# 条消息" }),
  revoke: "撤销",
  revoked: "该链接已失效。",
  close: "关闭",
  nothing: "还没有可分享的内容。",
  shownTitle: (title: string) => `${title} · 已分享`,
  shownBy: (bot: string) => `通过链接分享的与 ${bot} 的对话`,
  shownUntil: (date: string) => `此页面将于 ${date} 失效。`,
  ended: "此链接无效",
  start: "提出您自己的问题",
  user: "提问",
};

export const mine: Texts["mine"] = {
  title: "您的数据",
  open: "您的数据与隐私",
  consentTitle: "可以用您的对话来改进此助手吗？",
  yes: "可以使用",
  no: "不可以",
  granted: (date: string) => `您已于 ${date} 同意。`,
  refused: "您未同意：您写的内容不会用于学习。",
  unasked: "您在这里写的内容不会用于学习：此助手不会为此征求同意。",
  withdraw: "撤回同意",
  agree: "同意",
  kept: (days: number) =>
    days === 0 ? "您的对话会一直保留，直到您将其删除。" : count(days, { other: "对话在 # 天没有新消息后会被删除。" }),
  changed: "已保存，谢谢。",
  exportTitle: "带走您的数据",
  exportText: "所有保存的与您有关的数据，打包为 ZIP 文件。",
  export: "全部导出",
  importTitle: "恢复对话",
  importText: "之前在这里保存的 JSON 文件。",
  import: "导入文件…",
  importFailed: (why: string) => `未能导入文件。${why}`,
  notOurs: "这不是在这里保存的对话。",
  deleteTitle: "全部删除",
  deleteText: "您的所有对话、评价和同意记录都将被永久删除，您分享的链接也会一并失效。",
  delete: "删除我的所有数据…",
  deleteSure: "永久删除",
  deleteCancel: "保留",
  close: "关闭",
};

export const tasks: Texts["tasks"] = {
  title: "您正在测试新版本",
  done: (done: number, all: number) => `已完成 ${done} / ${all}`,
  until: (date: string) => `测试将于 ${date} 结束。`,
  note: (task: string) => `您对“${task}”的备注`,
  notePlaceholder: "感觉如何？（可选）",
  leave: "退出测试",
  leaveText: "您将重新与平时的助手对话。",
  thanks: "全部完成，谢谢！",
};

export const person: Texts["person"] = {
  ask: "转人工",
  wanted: "已请团队人员前来。在此期间您可以继续写消息。",
  here: (name: string) => (name ? `${name} 已接管对话，现在由其回答您。` : "团队人员已接管对话，现在由其回答您。"),
  back: "继续与助手对话",
  ended: "现在重新由助手回答。",
  answerOf: (name: string) => (name ? `${name} 的回答` : "人工回答"),
  tag: (name: string) => (name ? `${name}，团队人员` : "团队人员"),
  waiting: "您的消息已送达对方。",
  placeholder: (name: string) => (name ? `给 ${name} 发消息` : "给团队人员发消息"),
};

export const page: Texts["page"] = {
  waiting: "没有连接。恢复后会立即发送。",
  dontSend: "不发送",
  update: "此页面有新版本。",
  updateNow: "刷新",
  next: "您接下来可以问",
};
