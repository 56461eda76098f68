import type { ConsoleTexts } from "../text";
import { count } from "../../zh/count";

export const channels: ConsoleTexts["channels"] = {
  title: "渠道",
  about: "人们通过哪些途径使用机器人、各途径是否正常，以及走真实路径的测试。",
  states: { ready: "就绪", off: "已关闭", failed: "异常" },
  names: {
    web: "页面",
    widget: "小组件",
    api: "API",
  },
  abouts: {
    web: "此服务器自有页面上的聊天。",
    widget: "通过一个 script 标签在其他网站上显示的聊天；详见“小组件”页面。",
    api: "使用 API 密钥的程序；在无需密钥时，也包括这台机器上的任何人。",
  },
  replies: (n: number) => count(n, { other: "最近一天有 # 条回答" }),
  failedReplies: (n: number) => count(n, { other: "其中 # 条失败" }),
  facts: {
    page_of: "页面连接到",
    visitors: "无需登录",
    writes_per_minute: "每个地址每分钟的消息数",
    running: "正在生成的回答",
    sites: "可显示聊天的网站",
    keys: "使用中的密钥",
    needed: "需要密钥",
    used_at: "密钥上次使用时间",
    vendor: "服务商",
    waiting: "待发送的消息",
    dead: "已放弃",
    trouble: "问题",
  },
  values: {
    true: "是",
    false: "否",
    auto: "仅限这台机器",
    required: "始终",
    off: "从不",
    0: "不限",
  },
  autoNeeded: "一旦有密钥即需要",
  test: "测试消息",
  testLabel: (name: string) => `要在此渠道提的问题：${name}`,
  testHint: "机器人会像回答那里的任何人一样作答。不会保留任何内容。",
  send: "发送",
  route: (route: string, took: string) => `${route}，${took}`,
};
