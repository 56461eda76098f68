import type { Texts } from "../text";

export const app: Texts["app"] = {
  skip: "التخطي إلى مربع الرسالة",
  loading: "جارٍ التحميل…",
  offline: "لا اتصال بالخادم. محادثتك باقية هنا، وسأتابع فور عودة الاتصال.",
  release: (id) => `الإصدار ${id}`,
  crashed: "حدث خطأ في هذه الصفحة. محادثاتك محفوظة على الخادم.",
  reload: "إعادة تحميل الصفحة",
};

export const errors: Texts["errors"] = {
  unreachable: "تعذّر الوصول إلى الخادم. تحقق من اتصالك وحاول مجددًا.",
  unexpected: "حدث خطأ ما. حاول مجددًا.",
  status: (status) => `أجاب الخادم بخطأ (${status}). حاول مجددًا بعد لحظات.`,
  retry: "حاول مجددًا",
  retryIn: (seconds) => `حاول مجددًا بعد ${seconds} ث`,
  botTitle: "المساعد غير متاح الآن",
  conversationTitle: "تعذّر تحميل هذه المحادثة",
  notFoundTitle: "هذه المحادثة غير موجودة",
  notFound: "ربما حُذفت، أو أنها تخص شخصًا آخر.",
  dismiss: "إخفاء",
  part: "تعذّر عرض هذا الجزء من الصفحة. البيانات المحفوظة سليمة.",
  message: "تعذّر عرض هذه الرسالة بالشكل المقصود.",
};
