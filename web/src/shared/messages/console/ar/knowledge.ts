import type { ConsoleTexts } from "../text";
import { count, nouns, things } from "../../ar/count";

const resting = (n: number): string => `ما يستند إليه من إجابات آخر 30 يومًا: ${things(n, nouns.answer)}.`;

const orders = (n: number): string =>
  count(n, {
    zero: "لا أوامر للآلات",
    one: "أمر واحد للآلات",
    two: "أمران للآلات",
    few: "# أوامر للآلات",
    many: "# أمرًا للآلات",
    other: "# أمر للآلات",
  });

export const knowledge: ConsoleTexts["knowledge"] = {
  title: "المعرفة",
  about: "المستندات التي يجيب منها البوت. يسري أي تغيير خلال ثوانٍ، ويمكن التراجع عنه.",
  readNow: "قراءة الكل مجددًا",
  reading: "جارٍ القراءة…",
  tabs: { documents: "المستندات", addresses: "العناوين", versions: "النسخ", search: "بحث تجريبي" },
  status: {
    counts: (documents, passages) => `${things(documents, nouns.document)}، ${things(passages, nouns.passage)}`,
    readAt: (when) => `هذه النسخة من ${when}.`,
    watched: "تُقرأ الملفات عند تغيّرها.",
    unwatched: "تُقرأ الملفات عند الطلب.",
    everyMinutes: (minutes) =>
      count(minutes, {
        zero: "تُقرأ العناوين باستمرار.",
        one: "تُقرأ العناوين كل دقيقة.",
        two: "تُقرأ العناوين كل دقيقتين.",
        few: "تُقرأ العناوين كل # دقائق.",
        many: "تُقرأ العناوين كل # دقيقة.",
        other: "تُقرأ العناوين كل # دقيقة.",
      }),
    noClock: "تُقرأ العناوين عند الطلب.",
    readingNow: (what) => (what ? `جارٍ قراءة: ${what}` : "جارٍ القراءة…"),
    problems: (n) => `تعذّرت قراءة: ${things(n, nouns.item)}`,
    byMeaning: (done, all) => `يُبحث فيها بالمعنى أيضًا: ${done} من ${all} مقطع`,
    failed: (why) => `لم تُقرأ: ${why}`,
  },
  held: {
    text: "يجري البحث في نسخة سابقة. المستندات التي تغيّرت بعدها لا تُحتسب حتى تتقدّم إلى الحالية.",
    forward: "التقدّم إلى النسخة الحالية",
    done: "يجري البحث الآن في النسخة الحالية.",
  },
  done: {
    nothing: "لا اختلاف.",
    synced: (added, changed, removed) =>
      [
        added ? `أُضيف: ${things(added, nouns.document)}` : "",
        changed ? `عُدّل: ${things(changed, nouns.document)}` : "",
        removed ? `حُذف: ${things(removed, nouns.document)}` : "",
      ]
        .filter(Boolean)
        .join("، ") + ".",
    undone: "تم التراجع.",
  },
  documents: {
    caption: "المستندات",
    search: "بحث بالاسم",
    order: "الترتيب",
    orders: { name: "الاسم", newest: "الأحدث أولًا", passages: "الأكثر مقاطع أولًا" },
    trouble: "ما يحتاج إلى نظر فقط",
    delete: (n) =>
      count(n, {
        zero: "لا مستندات للحذف",
        one: "حذف مستند واحد",
        two: "حذف مستندين",
        few: "حذف # مستندات",
        many: "حذف # مستندًا",
        other: "حذف # مستند",
      }),
    document: "المستند",
    notes: "ملاحظات",
    passages: "المقاطع",
    cited: "إجابات في 30 يومًا",
    size: "الحجم",
    at: "آخر تعديل",
    marks: orders,
    twin: "المحتوى نفسه مكرر",
    kinds: { file: "ملف", page: "صفحة ويب", listed: "صفحة ويب من قائمة" },
    none: "لا مستندات بعد",
    noneText: "ارفع ما يسأل عنه عملاؤك: أوقات العمل والأسعار والقواعد والأدلة. أو أضف عنوانًا من موقعك.",
    noneFit: "لا شيء مطابق",
    noneFitText: "ابحث عن شيء آخر، أو اعرض الكل.",
    narrow: (total) => `العدد الكلي ${total}. ابحث بالاسم لرؤية البقية.`,
  },
  upload: {
    open: "رفع مستندات",
    about: "تُقرأ فورًا. لا يتغير شيء في البوت قبل أن ترى أثرها.",
    dropHere: "أفلت الملفات هنا",
    choose: "اختيار ملفات",
    limits: (endings, largest) => `${endings}، حتى ${largest} لكل ملف`,
    tooLarge: "هذا الملف كبير جدًا. قسّمه وحاول مجددًا.",
    wrongKind: (endings) => `لا تُقرأ ملفات من هذا النوع. اختر من ${endings}.`,
    leaveOut: (name) => `استبعاد ${name}`,
    progress: (name) => `جارٍ رفع ${name}`,
    read: (passages, size) => `${things(passages, nouns.passage)}، ${size}`,
    same: "موجود بالفعل ولم يتغير",
    replaces: "يحل محل المستند الذي يحمل هذا الاسم",
    marks: orders,
    look: "عرض الأثر",
    looking: "جارٍ الفحص…",
    take: (n) =>
      count(n, {
        zero: "لا مستندات للإضافة",
        one: "إضافة مستند واحد",
        two: "إضافة مستندين",
        few: "إضافة # مستندات",
        many: "إضافة # مستندًا",
        other: "إضافة # مستند",
      }),
  },
  difference: {
    kinds: { added: "جديد", changed: "معدَّل", removed: "محذوف", same: "كما كان" },
    passages: (added, changed, gone, same) =>
      `المقاطع: ${
        [
          added ? `${added} جديد` : "",
          changed ? `${changed} معدَّل` : "",
          gone ? `${gone} محذوف` : "",
          same ? `${same} كما كان` : "",
        ]
          .filter(Boolean)
          .join("، ") || "لا شيء"
      }.`,
    twin: (name) => `محتواه هو محتوى ${name} نفسه، ويُحفظ مرة واحدة.`,
    cited: resting,
    morePassages: (n) =>
      count(n, {
        zero: "لا مقاطع أخرى.",
        one: "ومقطع آخر.",
        two: "ومقطعان آخران.",
        few: "و# مقاطع أخرى.",
        many: "و# مقطعًا آخر.",
        other: "و# مقطع آخر.",
      }),
  },
  plan: {
    stale: (names) => `عدّل شخص آخر في هذه الأثناء: ${names.join("، ")}. في الأسفل الفرق عن نسخته التي ستُستبدل.`,
    elsewhere: "سيختلف ما يلي أيضًا، لأن المجلد عُدّل من مكان آخر أو لأن البحث يجري في نسخة سابقة:",
    cases: "حالات الاختبار",
    tooMany: "عددها أكبر من أن تُجرَّب مسبقًا. تُطرح مجددًا بعد التغيير.",
    noCases: "لا توجد بعد. تصبح التصحيحات المُراجَعة حالات اختبار.",
    noneMoved: (n) =>
      count(n, {
        zero: "لا توجد حالات.",
        one: "الحالة الوحيدة تجد المقطع نفسه.",
        two: "تجد الحالتان المقاطع نفسها كما في السابق.",
        few: "تجد كل الحالات (#) المقاطع نفسها كما في السابق.",
        many: "تجد كل الحالات (#) المقاطع نفسها كما في السابق.",
        other: "تجد كل الحالات (#) المقاطع نفسها كما في السابق.",
      }),
    moved: (n, all) => `${n} من ${all} ستجد مقطعًا آخر أولًا:`,
    before: "قبل:",
    after: "بعد:",
    nothing: "لا شيء مناسب",
  },
  remove: {
    title: (n) =>
      count(n, {
        zero: "لا مستندات للحذف",
        one: "حذف هذا المستند؟",
        two: "حذف مستندين؟",
        few: "حذف # مستندات؟",
        many: "حذف # مستندًا؟",
        other: "حذف # مستند؟",
      }),
    text: "لن يُجاب منه فورًا، ويُزال من النسخ السابقة أيضًا. يمكنك التراجع في هذه الصفحة.",
    action: "حذف",
    wait: "انتظر حتى يتضح ما يستند إليه.",
    passages: (n) => things(n, nouns.passage),
    cited: resting,
    notCited: "لا تستند إليه أي إجابة من آخر 30 يومًا.",
    cases: (n) => `ستجد شيئًا آخر: ${things(n, nouns.testCase)}:`,
    final: "نهائيًا",
    finalHint: "لا تُحفظ نسخة، ولا يمكن التراجع. لمستندات ما كان ينبغي أن تكون هنا.",
  },
  view: {
    edit: "تعديل النص",
    delete: "حذف",
    passages: (n) => things(n, nouns.passage),
    page: (n) => `الصفحة ${n}`,
    place: (start, end) => `الأحرف ${start} إلى ${end}`,
    order: (text) => `يخاطب الآلات: «${text}»`,
    changed: (when) => `عُدّل ${when}`,
    characters: (n) => `عدد الأحرف: ${n}`,
    cited: (n) => `${things(n, nouns.answer)} في 30 يومًا`,
    twin: (name) => `محتواه هو محتوى ${name} نفسه، ويُحفظ مرة واحدة.`,
    label: (label) => `لمن لديهم الوسم ${label}.`,
    marks: "فيه ما يعطي أوامر للآلات. يُعرض على النموذج كاقتباس، والأفضل حذفه.",
  },
  edit: {
    label: (name) => `نص ${name}`,
    look: "عرض الأثر",
    replaceTheirs: "استبدال نسختهم بنسختي",
  },
  addresses: {
    about: "صفحات وخرائط مواقع وخلاصات تُجلب. لا يُجلب من الويب غيرها.",
    caption: "العناوين",
    label: "عنوان صفحة أو خريطة موقع أو خلاصة",
    hint: "يُفحص أولًا: تعرف ما فيه، أو لماذا تتعذر قراءته.",
    add: "إضافة",
    looking: "جارٍ الفحص…",
    addedPage: (title) => `أُضيفت «${title}» وتُقرأ الآن.`,
    addedList: (n) =>
      count(n, {
        zero: "أُضيفت قائمة فارغة.",
        one: "أُضيفت قائمة من صفحة واحدة وتُقرأ الآن.",
        two: "أُضيفت قائمة من صفحتين وتُقرأ الآن.",
        few: "أُضيفت قائمة من # صفحات وتُقرأ الآن.",
        many: "أُضيفت قائمة من # صفحة وتُقرأ الآن.",
        other: "أُضيفت قائمة من # صفحة وتُقرأ الآن.",
      }),
    address: "العنوان",
    pages: "المستندات",
    fixed: "في bot.toml",
    remove: "إزالة",
    removeOne: (url) => `إزالة ${url}`,
    removed: "أُزيل العنوان وما قُرئ منه.",
    none: "لا عناوين",
    noneText: "أضف الصفحة التي فيها أوقات عملك، أو خريطة موقعك.",
    rules: (pages) =>
      `مضيفون عامّون فقط، عبر http وhttps. الحد الأقصى لصفحات القائمة ${pages}، من المضيفين الذين سمّيتهم؛ ويُلتزم بملف robots.txt.`,
  },
  versions: {
    about: "كل تغيير ينشئ نسخة. الرجوع يعيد البحث في تلك النسخة؛ وما حُذف بعدها لا يعود.",
    caption: "النسخ",
    made: "النسخة",
    current: "يُبحث فيها الآن",
    documents: "المستندات",
    lacking: "حُذف بعدها",
    actions: "ما يمكن فعله بها",
    whatChanged: "ما غيّرته",
    toNow: "منها إلى الآن",
    goBack: "الرجوع إليها",
    goBackTitle: "البحث في هذه النسخة مجددًا؟",
    goBackText: (when, lacking) =>
      `يجيب البوت من المستندات كما كانت ${when}، حتى يتقدّم أحد إلى الحالية. لا تُمس الملفات.${
        lacking ? ` ما حُذف بعدها ولن يعود: ${things(lacking, nouns.document)}.` : ""
      }`,
    rolledBack: "يجري البحث الآن في نسخة سابقة.",
    none: "لا نسخ بعد",
    noneText: "ينشئ المستند الأول النسخة الأولى.",
    edits: "تغييرات أُجريت في هذه الصفحة",
    fromTo: (before, after) => `من ${before} إلى ${after}`,
    nothing: "لا فرق.",
    moreDocuments: (n) =>
      count(n, {
        zero: "لا مستندات أخرى.",
        one: "ومستند آخر.",
        two: "ومستندان آخران.",
        few: "و# مستندات أخرى.",
        many: "و# مستندًا آخر.",
        other: "و# مستند آخر.",
      }),
  },
  edits: {
    none: "لا شيء بعد. ما يتغير في المجلد نفسه ينشئ نسخًا أيضًا.",
    tookBack: "تم التراجع:",
    added: (name) => `أُضيف ${name}`,
    changed: (name) => `عُدّل ${name}`,
    deleted: (name) => `حُذف ${name}`,
    by: (who, when) => `${who}، ${when}`,
    undone: "تم التراجع",
    final: "نهائيًا",
  },
  search: {
    label: "سؤال كما قد يطرحه أحدهم",
    placeholder: "متى تفتحون؟",
    ask: "بحث",
    as: "السائل",
    everybody: "الجميع",
    compare: "المقارنة مع",
    empty: "ماذا سيجد؟",
    emptyText: "ترى المقاطع بدرجاتها، وما سيقوله البوت، ولماذا.",
    found: (hits, all) => `${things(hits, nouns.passage)} من ${all}`,
    nothing: ((unknown: number, words: number): string =>
      words > 0 && unknown === words
        ? "لم يُعثر على شيء: لا ترد أي من هذه الكلمات في مستند."
        : "لم يُعثر على شيء.") as ConsoleTexts["knowledge"]["search"]["nothing"],
    now: "ما يُبحث فيه الآن",
    then: "في تلك النسخة",
    covers: (share) => `${share} من كلمات السؤال`,
    bm25: (score) => `درجة الكلمات ${score}`,
    cosine: (score) => `المعنى ${score}`,
  },
  route: {
    title: "ما سيقوله البوت",
    routes: {
      curated: "إجابة معتمدة",
      retrieved: "مما هو معروف",
      generated: "كتبه النموذج",
      refused: "اعتذار",
    },
    why: "لماذا",
    needs: (least) => `يجب أن تبلغ الثقة بالرد ${least} ليُقال.`,
    kinds: {
      curated: "إجابة معتمدة",
      standard: "رد من البيانات",
      quoted: "اقتباس من مستند",
      generated: "ما يكتبه النموذج",
    },
    declines: "(يعتذر)",
    ungrounded: (facts) => `لا يرد في أي شيء معروف: ${facts}`,
  },
};
