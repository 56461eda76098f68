import type { Texts } from "../text";

export const theme: Texts["theme"] = {
  title: "المظهر",
  light: "فاتح",
  dark: "داكن",
  system: "مثل النظام",
  contrast: "تباين عالٍ",
};

export const shortcuts: Texts["shortcuts"] = {
  title: "اختصارات لوحة المفاتيح",
  close: "إغلاق",
  send: "إرسال الرسالة",
  newline: "سطر جديد",
  stop: "إيقاف الإجابة أو مغادرة نموذج",
  editLast: "تعديل رسالتك الأخيرة (عندما يكون المربع فارغًا)",
  newConversation: "محادثة جديدة",
  search: "البحث في المحادثات",
  sidebar: "إظهار المحادثات أو إخفاؤها",
  focus: "الانتقال إلى مربع الرسالة",
  help: "هذه القائمة",
  or: "أو",
};

export const language: Texts["language"] = {
  title: "اللغة",
};
