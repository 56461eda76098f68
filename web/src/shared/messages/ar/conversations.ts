import type { Texts } from "../text";

export const conversations: Texts["conversations"] = {
  title: "المحادثات",
  new: "محادثة جديدة",
  untitled: "محادثة جديدة",
  search: "البحث في المحادثات",
  none: "لا محادثات بعد.",
  noMatch: (search) => `لا نتائج لـ «${search}».`,
  failed: "تعذّر تحميل القائمة.",
  more: (title) => `المزيد لـ «${title}»`,
  rename: "إعادة التسمية",
  renameLabel: "العنوان الجديد",
  renameFailed: (why) => `لم تتغير التسمية. ${why}`,
  delete: "حذف",
  deleteTitle: "حذف هذه المحادثة؟",
  deleteText: (title) => `ستُحذف «${title}» وإجاباتها نهائيًا.`,
  cancel: "إلغاء",
  deleted: "حُذفت المحادثة.",
  show: "إظهار المحادثات",
  hide: "إخفاء المحادثات",
  groups: { pinned: "المثبّتة", today: "اليوم", yesterday: "أمس", week: "آخر 7 أيام", older: "أقدم" },
};
