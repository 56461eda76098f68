import type { ConsoleTexts } from "../text";
import { count } from "../../zh/count";

export const gaps: ConsoleTexts["gaps"] = {
  title: "缺口",
  about:
    "大家问到而机器人没有答好的问题：它拒答了、对方不喜欢回答，或者它没什么把握。意思相近的问题归在一起，最常见的在前。",
  days: "提问时间",
  periods: { "7": "7 天内", "30": "30 天内", "90": "90 天内", "365": "一年内" },
  kindLabel: "显示",
  kinds: { all: "全部", refused: "拒答", disliked: "点踩", unsure: "没把握" },
  summary: (questions: number, well: string) =>
    `${count(questions, { other: "共有 # 个提问" })}；其中 ${well} 个得到了好的回答。`,
  unquoted: (n: number) => count(n, { other: "另有 # 个问题没有得到好的回答；提问者未同意被引用。" }),
  asked: (n: number) => count(n, { other: "提问 # 次" }),
  refused: (n: number) => count(n, { other: "拒答 # 次" }),
  disliked: (n: number) => count(n, { other: "点踩 # 次" }),
  unsure: (n: number) => count(n, { other: "没把握 # 次" }),
  last: (when: string) => `最近一次：${when}`,
  alsoAsked: "其他问法",
  documents: "最接近的文档",
  covers: (share: string) => `覆盖 ${share} 的词`,
  noDocuments: "没有文档提到相近的内容。",
  todo: {
    curate: "写一条回答，或在文档中说得更明白些。",
    document: "就此写一份文档，或补充到已有文档中。",
    scope: "就此写一份文档；如果不属于机器人的范围，请在设置中将其列为拒答。",
  },
  curate: "写一条回答",
  knowledge: "搜索文档",
  settings: "前往设置",
  emptyTitle: "没有缺口",
  emptyText: "要么这段时间没有人提问，要么所有问题都答好了。只有同意自己的话被阅读的人，其缺口才会被引用。",
  noneTitle: "没有这一类",
  noneText: "有其他类别的缺口。",
  shown: (shown: string, total: string) => `显示前 ${shown} 项，共 ${total} 项。`,
};
