import { plural } from "../plural";

const forms = plural("ar");

type Words = Parameters<typeof forms>[1];

/** In the six ways of Arabic; "#" is the number. */
export const count = (n: number, words: Words): string => forms(n, words);

/** A number of things: the noun's singular, dual, plural, and its singular after 11 to 99 and after hundreds. */
export const things = (
  n: number,
  [none, one, two, few, many, other]: readonly [string, string, string, string, string, string],
): string => forms(n, { zero: none, one, two, few: `# ${few}`, many: `# ${many}`, other: `# ${other}` });

/** Nouns that are counted in more than one place. */
export const nouns = {
  message: ["لا رسائل", "رسالة واحدة", "رسالتان", "رسائل", "رسالة", "رسالة"],
  character: ["لا أحرف", "حرف واحد", "حرفان", "أحرف", "حرفًا", "حرف"],
  day: ["0 يوم", "يوم واحد", "يومان", "أيام", "يومًا", "يوم"],
  source: ["لا مصادر", "مصدر واحد", "مصدران", "مصادر", "مصدرًا", "مصدر"],
  row: ["لا صفوف", "صف واحد", "صفان", "صفوف", "صفًا", "صف"],
  answer: ["لا إجابات", "إجابة واحدة", "إجابتان", "إجابات", "إجابة", "إجابة"],
  document: ["لا مستندات", "مستند واحد", "مستندان", "مستندات", "مستندًا", "مستند"],
  passage: ["لا مقاطع", "مقطع واحد", "مقطعان", "مقاطع", "مقطعًا", "مقطع"],
  conversation: ["لا محادثات", "محادثة واحدة", "محادثتان", "محادثات", "محادثة", "محادثة"],
  question: ["لا أسئلة", "سؤال واحد", "سؤالان", "أسئلة", "سؤالًا", "سؤال"],
  person: ["لا أحد", "شخص واحد", "شخصان", "أشخاص", "شخصًا", "شخص"],
  testCase: ["لا حالات اختبار", "حالة اختبار واحدة", "حالتا اختبار", "حالات اختبار", "حالة اختبار", "حالة اختبار"],
  file: ["لا ملفات", "ملف واحد", "ملفان", "ملفات", "ملفًا", "ملف"],
  time: ["0 مرة", "مرة واحدة", "مرتين", "مرات", "مرة", "مرة"],
  item: ["لا عناصر", "عنصر واحد", "عنصران", "عناصر", "عنصرًا", "عنصر"],
} as const;
