import type { Texts } from "../text";
import { count } from "./count";

export const chat: Texts["chat"] = {
  log: "对话",
  you: "您的消息",
  answerOf: (name: string) => `${name} 的回答`,
  answering: (name: string) => `${name} 正在回答`,
  answered: (name: string, answer: string) => `${name}：${answer}`,
  retrying: "连接已断开，正在继续接收回答…",
  stoppedNote: "已停止。",
  interruptedNote: "回答被中断。",
  failedNote: "回答失败。",
  emptyNote: "回答为空。",
  notSent: "此消息未发送。",
  noRetry: "没有开始新的回答。",
  toBox: "放回输入框",
  leftOut: (n: number) => count(n, { other: "最早的 # 条消息未提供给模型。" }),
  earlier: (n: number) => count(n, { other: "显示更早的 # 条消息" }),
  jump: "跳到最新消息",
  suggestions: "推荐问题",
  automated: "您正在与自动助手对话，它可能会出错。",
};

export const composer: Texts["composer"] = {
  label: "消息",
  placeholder: (name: string) => `给 ${name} 发消息`,
  send: "发送",
  stop: "停止",
  stopping: "正在停止…",
  tooLong: (length: number, most: number) =>
    `这条消息有 ${length} 个字符，一次最多可发送 ${most} 个。请缩短内容，或分几次发送。`,
};

export const actions: Texts["actions"] = {
  copy: "复制",
  copied: "已复制",
  copyFailed: "浏览器不允许复制。请选中文字后自行复制。",
  copyCode: "复制代码",
  retry: "重新回答",
  edit: "编辑",
  good: "回答得好",
  bad: "回答得不好",
  previous: "上一个版本",
  next: "下一个版本",
  version: (n: number, total: number) => `第 ${n} 个版本，共 ${total} 个`,
  versions: "版本",
};

export const edit: Texts["edit"] = {
  label: "编辑您的消息",
  save: "发送",
  cancel: "取消",
  note: "之前的版本会保留，您可以随时切换。",
};

export const feedback: Texts["feedback"] = {
  title: { up: "好在哪里？", down: "哪里有问题？" },
  comment: "评论（可选）",
  correction: "正确的回答应该是什么？（可选）",
  start: "在原回答的基础上修改",
  send: "发送",
  close: "关闭",
  remove: "取消评价",
  saved: { up: "谢谢，已评为好。", down: "谢谢，已评为不好。" },
  sent: "谢谢，您的反馈已发送。",
  removed: "评价已取消。",
};

export const routes: Texts["routes"] = {
  generated: { label: "模型生成", hint: "由模型撰写。" },
  refused: {
    label: "拒答",
    hint: "助手没有作答，因为它没有把握，或者问题超出了它的范围。",
  },
  curated: { label: "已审核", hint: "经人工审核的回答。" },
  retrieved: { label: "来自文档", hint: "摘自来源中列出的文档。" },
  known: { label: "已知回答", hint: "针对这类问题的既定回复。" },
};

export const sources: Texts["sources"] = {
  title: (n: number) => count(n, { other: "# 个来源" }),
  untitled: "无标题来源",
};

export const markdown: Texts["markdown"] = {
  image: (alt: string, host: string) => `图片未加载：${alt || "无说明"}（${host}）`,
  external: (host: string) => `在新标签页中打开 ${host}`,
  code: "代码",
  table: "表格",
  task: "任务",
  all: "显示全部",
  allLines: (n: number) => `显示全部 ${n} 行`,
  allRows: (n: number) => `显示全部 ${n} 行`,
  allItems: (n: number) => `显示全部 ${n} 项`,
};
