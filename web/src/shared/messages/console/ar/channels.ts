import type { ConsoleTexts } from "../text";
import { count } from "../../ar/count";

export const channels: ConsoleTexts["channels"] = {
  title: "القنوات",
  about: "أين يصل الناس إلى البوت، وهل تعمل كل قناة جيدًا، مع اختبار عبر المسار الحقيقي.",
  states: { ready: "جاهزة", off: "متوقفة", failed: "بها خلل" },
  names: {
    web: "الصفحة",
    widget: "الأداة المصغّرة",
    api: "API",
  },
  abouts: {
    web: "الدردشة على صفحة هذا الخادم نفسه.",
    widget: "الدردشة على مواقع أخرى عبر وسم script واحد؛ تجده في صفحة «الأداة المصغّرة».",
    api: "برامج تستخدم مفتاح API، أو أي أحد على هذا الجهاز حيث لا حاجة إلى مفتاح.",
  },
  replies: (n) =>
    count(n, {
      zero: "لا إجابات في اليوم الأخير",
      one: "إجابة واحدة في اليوم الأخير",
      two: "إجابتان في اليوم الأخير",
      few: "# إجابات في اليوم الأخير",
      many: "# إجابة في اليوم الأخير",
      other: "# إجابة في اليوم الأخير",
    }),
  failedReplies: (n) =>
    count(n, {
      zero: "لم تفشل أي منها",
      one: "فشلت واحدة منها",
      two: "فشلت اثنتان منها",
      few: "فشلت # منها",
      many: "فشلت # منها",
      other: "فشلت # منها",
    }),
  facts: {
    page_of: "الصفحة تتحدث إلى",
    visitors: "من دون تسجيل دخول",
    writes_per_minute: "رسائل في الدقيقة لكل عنوان",
    running: "إجابات قيد الكتابة",
    sites: "مواقع يمكنها عرضها",
    keys: "مفاتيح مستخدمة",
    needed: "يتطلب مفتاحًا",
    used_at: "آخر استخدام لمفتاح",
  },
  values: {
    true: "نعم",
    false: "لا",
    auto: "على هذا الجهاز وحده",
    required: "دائمًا",
    off: "أبدًا",
    0: "بلا حد",
  },
  autoNeeded: "عندما يوجد مفتاح",
  test: "رسالة اختبار",
  testLabel: (name) => `ما تسأله عبر: ${name}`,
  testHint: "يجيب البوت كما يجيب أي أحد هناك. لا يُحفظ من ذلك شيء.",
  send: "إرسال",
  answer: "الإجابة",
  route: (route, took) => `${route}، ${took}`,
  toKeys: "مفاتيح API",
  toSettings: "الإعدادات",
};
