import type { Texts } from "../text";

export const account: Texts["account"] = {
  title: "تسجيل الدخول",
  name: "الاسم",
  password: "كلمة المرور",
  logIn: "تسجيل الدخول",
  againTitle: "سجّل الدخول مجددًا",
  again: "انتهت جلستك. لم يُفقد شيء: ما كتبته باقٍ هنا، والإجابة الجارية مستمرة.",
  logOut: (name) => `تسجيل خروج ${name}`,
  toFirst: "لديّ رمز المالك الأول",
  toLogin: "تسجيل الدخول بدلًا من ذلك",
  firstTitle: "حساب المالك الأول",
  token: "الرمز",
  newPassword: "كلمة مرور جديدة، 12 حرفًا على الأقل",
  make: "إنشاء الحساب",
  invitationTitle: (bot) => `أنت مدعو إلى ${bot}`,
  invitationText: (role) => `اختر اسمًا وكلمة مرور خاصين بك. سيكون دورك: ${role}.`,
  invitationBad: "لا يمكن استخدام هذه الدعوة",
  roles: { owner: "مالك", editor: "محرّر", reviewer: "مراجع", visitor: "زائر" },
  toChat: "إلى الدردشة",
  console: "لوحة التحكم: إدارة البوت",
};
