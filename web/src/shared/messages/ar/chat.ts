import type { Texts } from "../text";
import { count, nouns, things } from "./count";

export const chat: Texts["chat"] = {
  log: "المحادثة",
  you: "رسالتك",
  answerOf: (name) => `إجابة ${name}`,
  answering: (name) => `${name} يكتب الإجابة`,
  answered: (name, answer) => `${name}: ${answer}`,
  retrying: "انقطع الاتصال. جارٍ استئناف الإجابة…",
  stoppedNote: "أُوقفت.",
  interruptedNote: "انقطعت الإجابة.",
  failedNote: "فشلت الإجابة.",
  emptyNote: "الإجابة فارغة.",
  notSent: "لم تُرسل هذه الرسالة.",
  noRetry: "لم تبدأ إجابة جديدة.",
  toBox: "إعادتها إلى مربع الرسالة",
  leftOut: (n) =>
    count(n, {
      zero: "عُرضت كل الرسائل على النموذج.",
      one: "لم تُعرض أقدم رسالة على النموذج.",
      two: "لم تُعرض أقدم رسالتين على النموذج.",
      few: "لم تُعرض أقدم # رسائل على النموذج.",
      many: "لم تُعرض أقدم # رسالة على النموذج.",
      other: "لم تُعرض أقدم # رسالة على النموذج.",
    }),
  earlier: (n) =>
    count(n, {
      zero: "لا رسائل سابقة",
      one: "عرض الرسالة السابقة",
      two: "عرض رسالتين سابقتين",
      few: "عرض # رسائل سابقة",
      many: "عرض # رسالة سابقة",
      other: "عرض # رسالة سابقة",
    }),
  jump: "الانتقال إلى أحدث رسالة",
  suggestions: "أسئلة مقترحة",
  automated: "أنت تتحدث إلى مساعد آلي، وقد يخطئ.",
};

export const composer: Texts["composer"] = {
  label: "الرسالة",
  placeholder: (name) => `اكتب إلى ${name}`,
  send: "إرسال",
  stop: "إيقاف",
  stopping: "جارٍ الإيقاف…",
  tooLong: (length, most) =>
    `عدد أحرف هذه الرسالة ${length}، والحد الأقصى في المرة الواحدة ${most}. اختصرها أو أرسلها على أجزاء.`,
};

export const actions: Texts["actions"] = {
  copy: "نسخ",
  copied: "تم النسخ",
  copyFailed: "لم يسمح المتصفح بالنسخ. حدّد النص وانسخه بنفسك.",
  copyCode: "نسخ الشيفرة",
  retry: "إجابة من جديد",
  edit: "تعديل",
  good: "إجابة جيدة",
  bad: "إجابة سيئة",
  previous: "النسخة السابقة",
  next: "النسخة التالية",
  version: (n, total) => `النسخة ${n} من ${total}`,
  versions: "النسخ",
};

export const edit: Texts["edit"] = {
  label: "عدّل رسالتك",
  save: "إرسال",
  cancel: "إلغاء",
  note: "تبقى النسخة السابقة، ويمكنك التبديل بينهما.",
};

export const feedback: Texts["feedback"] = {
  title: { up: "ما الذي أعجبك فيها؟", down: "ما الخطأ فيها؟" },
  comment: "تعليق (اختياري)",
  correction: "كيف كان ينبغي أن تكون الإجابة؟ (اختياري)",
  start: "البدء من الإجابة المقدَّمة",
  send: "إرسال",
  close: "إغلاق",
  remove: "إزالة التقييم",
  saved: { up: "شكرًا لك. قُيّمت بأنها جيدة.", down: "شكرًا لك. قُيّمت بأنها سيئة." },
  sent: "شكرًا لك. أُرسلت ملاحظاتك.",
  removed: "أُزيل التقييم.",
};

export const routes: Texts["routes"] = {
  generated: { label: "مولَّدة", hint: "كتبها النموذج." },
  refused: { label: "اعتذار", hint: "لم يُجب المساعد لأنه غير متأكد، أو لأن السؤال خارج نطاقه." },
  curated: { label: "مُراجَعة", hint: "إجابة راجعها شخص." },
  retrieved: { label: "من المستندات", hint: "مأخوذة من المستندات المدرجة كمصادر." },
  known: { label: "إجابة معروفة", hint: "رد معروف لأسئلة مثل هذا السؤال." },
};

export const sources: Texts["sources"] = {
  title: (n) => things(n, nouns.source),
  untitled: "مصدر بلا عنوان",
};

export const markdown: Texts["markdown"] = {
  image: (alt, host) => `لم تُحمَّل الصورة: ${alt || "بلا وصف"} (${host})`,
  external: (host) => `يفتح ${host} في علامة تبويب جديدة`,
  code: "شيفرة",
  table: "جدول",
  task: "مهمة",
  all: "عرض الكل",
  allLines: (n) => `عرض كل الأسطر (${n})`,
  allRows: (n) => `عرض كل الصفوف (${n})`,
  allItems: (n) => `عرض كل العناصر (${n})`,
};
