import type { ConsoleTexts } from "../text";
import { count, nouns, things } from "../../ar/count";

export const audit: ConsoleTexts["audit"] = {
  title: "سجل التدقيق",
  about: "من فعل ماذا ببيانات مَن. لا يتضمن كلام أحد، ويظهر الناس بأسماء مستعارة.",
  caption: "الأحداث، الأحدث أولًا",
  number: "الرقم",
  at: "متى",
  action: "ماذا",
  actor: "الفاعل",
  subject: "المعنيّ",
  detail: "التفاصيل",
  anything: "كل شيء",
  person: "شخص",
  personHint: "اسم حساب أو معرّف زائر أو اسم مستعار.",
  since: "من",
  until: "إلى",
  cli: "سطر الأوامر",
  system: "الخادم",
  emptyTitle: "لا أحداث كهذه",
  emptyText: "لا شيء في السجل يطابق عوامل التصفية.",
  verify: "فحص السلسلة",
  verifyAbout:
    "يحمل كل صف بصمة (hash) بمفتاح له وللصف الذي قبله. احفظ رأس السلسلة في مكان آخر ليمكن مقارنة فحص لاحق به.",
  head: "رأس سابق (اختياري)",
  whole: (n) => `السجل سليم: ${things(n, nouns.row)}.`,
  broken: (n) =>
    count(n, {
      zero: "لم يُعثر على خلل.",
      one: "عُثر على خلل واحد.",
      two: "عُثر على خللين.",
      few: "عُثر على # مواضع خلل.",
      many: "عُثر على # موضع خلل.",
      other: "عُثر على # موضع خلل.",
    }),
  headIs: "الرأس",
  copyHead: "نسخ الرأس",
  export: "تنزيل الكل",
  newest: "العودة إلى الأحدث",
};
