import type { Texts } from "../text";

export const widget: Texts["widget"] = {
  new: "محادثة جديدة",
  close: "إغلاق الدردشة",
  forget: "حذف ما قلته",
  forgetTitle: "حذف كل ما قلته هنا؟",
  forgetNote: "تُحذف محادثاتك في هذه الدردشة نهائيًا، ويُحذف معها ما جرى تعلّمه منها.",
  forgetYes: "حذف كل شيء",
  forgetNo: "إبقاء",
  forgotten: "حُذف كل ما قلته هنا.",
  consentTitle: "سؤال واحد أولًا",
  consentNote: "تعمل الدردشة في الحالتين.",
  agree: "أوافق",
  decline: "لا، شكرًا",
  refusedTitle: "الدردشة غير متاحة هنا",
};
