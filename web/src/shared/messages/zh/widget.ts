import type { Texts } from "../text";

export const widget: Texts["widget"] = {
  new: "新对话",
  close: "关闭聊天",
  forget: "删除我说过的内容",
  forgetTitle: "删除您在这里说过的所有内容？",
  forgetNote: "您在此聊天中的对话将被永久删除，从中学到的内容也会一并删除。",
  forgetYes: "全部删除",
  forgetNo: "保留",
  forgotten: "您在这里说过的所有内容都已删除。",
  consentTitle: "先问您一个问题",
  consentNote: "无论怎样选择，都可以使用聊天。",
  agree: "同意",
  decline: "不，谢谢",
  refusedTitle: "此处无法使用聊天",
};
