import type { Texts } from "../text";
import { count, nouns, things } from "./count";

export const attachments: Texts["attachments"] = {
  add: "إرفاق ملف",
  title: "المرفقات",
  reading: (name) => `جارٍ قراءة ${name}…`,
  remove: (name) => `إزالة ${name}`,
  open: (name) => `عرض محتوى ${name}`,
  added: (name) => `أُرفق ${name}.`,
  size: (characters) => things(characters, nouns.character),
  failed: (name, why) => `لم يُرفق ${name}. ${why}`,
  tooLong: (name, tokens, room) =>
    `${name} أطول مما يتسع له هذا المساعد. عدد الرموز فيه: ${count(tokens, { other: "#" })}، والمتاح: ${count(room, { other: "#" })}. أرفق الجزء المهم فقط.`,
  tooLarge: (name) => `${name} أكبر من 5 ميغابايت. أرفق الجزء المهم فقط.`,
  tooMany: (most) =>
    count(most, {
      zero: "لا يمكن إرفاق ملفات برسالة.",
      one: "يمكن إرفاق ملف واحد بكل رسالة.",
      two: "يمكن إرفاق ملفين على الأكثر بكل رسالة.",
      few: "يمكن إرفاق # ملفات على الأكثر بكل رسالة.",
      many: "يمكن إرفاق # ملفًا على الأكثر بكل رسالة.",
      other: "يمكن إرفاق # ملف على الأكثر بكل رسالة.",
    }),
  note: "يقرأ المساعد هذا كمادة للاطلاع، ولا يتبع ما فيه من تعليمات.",
  close: "إغلاق",
};

export const own: Texts["own"] = {
  pin: "تثبيت في الأعلى",
  unpin: "إلغاء التثبيت",
  share: "مشاركة رابط…",
  saveMarkdown: "حفظ بصيغة Markdown",
  saveJson: "حفظ بصيغة JSON",
  saveFailed: (why) => `لم يُحفظ شيء. ${why}`,
  saved: "تم الحفظ.",
  imported: "مستوردة",
  importedNote: "استُوردت هذه المحادثة من ملف. هي لك وحدك، ولا يُتعلَّم منها شيء.",
  foundIn: "عُثر عليه في رسالة",
};

export const temporary: Texts["temporary"] = {
  start: "دردشة مؤقتة",
  on: "الدردشة المؤقتة مفعّلة",
  leave: "مغادرة الدردشة المؤقتة",
  title: "دردشة مؤقتة",
  note: "لا تظهر في قائمتك، ولا يُتعلَّم منها، وتختفي عندما تغادر هذه الصفحة أو تعيد تحميلها.",
};

export const sharing: Texts["sharing"] = {
  title: "مشاركة هذه المحادثة",
  text: "يمكن لكل من لديه الرابط أن يقرأها حتى آخر رسالة الآن، من دون تسجيل دخول. ما تكتبه لاحقًا لا يظهر.",
  warning: "اقرأها كاملة أولًا: تظهر الأسماء والعناوين والبيانات الشخصية الأخرى فيها كما هي.",
  days: "مدة صلاحية الرابط",
  forDays: (days) => things(days, nouns.day),
  make: "إنشاء الرابط",
  link: "الرابط، يُعرض هذه المرة فقط",
  copy: "نسخ الرابط",
  links: "الروابط الصالحة",
  made: (date) => `أُنشئ في ${date}`,
  until: (date) => `حتى ${date}`,
  messages: (n) => things(n, nouns.message),
  revoke: "إلغاء الرابط",
  revoked: "لم يعد الرابط صالحًا.",
  close: "إغلاق",
  nothing: "لا يوجد ما يمكن مشاركته بعد.",
  shownTitle: (title) => `${title} · مشاركة`,
  shownBy: (bot) => `محادثة مع ${bot}، مشارَكة عبر رابط`,
  shownUntil: (date) => `تنتهي هذه الصفحة في ${date}.`,
  ended: "هذا الرابط غير صالح",
  start: "اطرح سؤالك أنت",
  user: "السؤال",
};

export const mine: Texts["mine"] = {
  title: "بياناتك",
  open: "بياناتك والخصوصية",
  consentTitle: "هل تسمح باستخدام محادثاتك لتحسين هذا المساعد؟",
  yes: "نعم، أسمح باستخدامها",
  no: "لا",
  granted: (date) => `وافقت في ${date}.`,
  refused: "لم توافق: لا يُتعلَّم شيء مما تكتبه.",
  unasked: "لا يُتعلَّم شيء مما تكتبه هنا: هذا المساعد لا يطلب ذلك.",
  withdraw: "سحب الموافقة",
  agree: "أوافق",
  kept: (days) =>
    days === 0
      ? "تُحفظ محادثاتك حتى تحذفها."
      : count(days, {
          one: "تُحذف المحادثات بعد يوم واحد.",
          two: "تُحذف المحادثات بعد يومين من دون رسائل.",
          few: "تُحذف المحادثات بعد # أيام من دون رسائل.",
          many: "تُحذف المحادثات بعد # يومًا من دون رسائل.",
          other: "تُحذف المحادثات بعد # يوم من دون رسائل.",
        }),
  changed: "تم الحفظ. شكرًا لك.",
  exportTitle: "خذ بياناتك معك",
  exportText: "كل ما يُحفظ عنك، في ملف ZIP.",
  export: "تصدير كل شيء",
  importTitle: "استعادة محادثة",
  importText: "ملف JSON حُفظ من هنا سابقًا.",
  import: "استيراد ملف…",
  importFailed: (why) => `لم يُستورد الملف. ${why}`,
  notOurs: "ليس محادثة محفوظة من هنا.",
  deleteTitle: "حذف كل شيء",
  deleteText: "ستُحذف نهائيًا كل محادثاتك وتقييماتك وإجاباتك عن الموافقة، وكذلك الروابط التي شاركتها.",
  delete: "حذف كل بياناتي…",
  deleteSure: "حذف نهائي",
  deleteCancel: "إبقاء",
  close: "إغلاق",
};

export const tasks: Texts["tasks"] = {
  title: "أنت تختبر نسخة جديدة",
  done: (done, all) => `أُنجز ${done} من ${all}`,
  until: (date) => `ينتهي الاختبار في ${date}.`,
  note: (task) => `ملاحظتك على «${task}»`,
  notePlaceholder: "كيف سارت الأمور؟ (اختياري)",
  leave: "مغادرة الاختبار",
  leaveText: "ستعود إلى التحدث مع المساعد المعتاد.",
  thanks: "اكتمل كل شيء. شكرًا لك!",
};

export const person: Texts["person"] = {
  ask: "طلب التحدث إلى شخص",
  wanted: "طُلب من أحد أعضاء الفريق أن يأتي. يمكنك متابعة الكتابة في هذه الأثناء.",
  here: (name) => (name ? `تولّى ${name} المحادثة ويجيبك الآن.` : "تولّى شخص من الفريق المحادثة ويجيبك الآن."),
  back: "المتابعة مع المساعد",
  ended: "عاد المساعد إلى الإجابة.",
  answerOf: (name) => (name ? `إجابة ${name}` : "إجابة شخص"),
  tag: (name) => (name ? `${name}، من الفريق` : "شخص من الفريق"),
  waiting: "وصلت رسالتك إلى الفريق.",
  placeholder: (name) => (name ? `اكتب إلى ${name}` : "اكتب إلى الشخص"),
};

export const page: Texts["page"] = {
  waiting: "لا اتصال. ستُرسل هذه الرسالة فور عودته.",
  dontSend: "عدم الإرسال",
  update: "تتوفر نسخة جديدة من هذه الصفحة.",
  updateNow: "إعادة التحميل",
  next: "يمكنك أن تسأل بعد ذلك",
};
