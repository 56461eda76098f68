// The few words that the script itself says on a site. All languages are in the one file: it loads nothing else.
// Lists, because names would be in it eight times.

/** `unread` comes after `open`, for screen readers; "#" in it is the number. */
export type LoaderWords = readonly [
  open: string,
  close: string,
  unread: string,
  dismiss: string,
  failed: string,
  retry: string,
];

export const LOADER_WORDS = {
  en: ["Open the chat", "Close the chat", "unread: #", "Dismiss", "The chat could not be loaded here.", "Try again"],
  de: [
    "Chat öffnen",
    "Chat schließen",
    "ungelesen: #",
    "Ausblenden",
    "Der Chat konnte hier nicht geladen werden.",
    "Noch einmal versuchen",
  ],
  es: [
    "Abrir el chat",
    "Cerrar el chat",
    "sin leer: #",
    "Descartar",
    "No se ha podido cargar el chat aquí.",
    "Intentar de nuevo",
  ],
  fr: [
    "Ouvrir la discussion",
    "Fermer la discussion",
    "non lus : #",
    "Masquer",
    "La discussion n’a pas pu être chargée ici.",
    "Réessayer",
  ],
  pt: [
    "Abrir o chat",
    "Fechar o chat",
    "por ler: #",
    "Dispensar",
    "Não foi possível carregar o chat aqui.",
    "Tentar novamente",
  ],
  ja: [
    "チャットを開く",
    "チャットを閉じる",
    "未読 # 件",
    "閉じる",
    "ここではチャットを読み込めませんでした。",
    "もう一度試す",
  ],
  zh: ["打开聊天", "关闭聊天", "# 条未读", "关闭提示", "无法在此加载聊天。", "重试"],
  ar: ["افتح المحادثة", "أغلق المحادثة", "غير مقروء: #", "إخفاء", "تعذّر تحميل المحادثة هنا.", "حاول مجددًا"],
} satisfies Record<string, LoaderWords>;

export type LoaderLanguage = keyof typeof LOADER_WORDS;
