// The few words that the script itself says on a site. All languages are in the one file: it loads nothing else.
export interface LoaderWords {
  open: string;
  close: string;
  /** After `open`, for screen readers; "#" is the number. */
  unread: string;
  dismiss: string;
  failed: string;
  retry: string;
}

export const LOADER_WORDS = {
  en: {
    open: "Open the chat",
    close: "Close the chat",
    unread: "unread: #",
    dismiss: "Dismiss",
    failed: "The chat could not be loaded here.",
    retry: "Try again",
  },
  de: {
    open: "Chat öffnen",
    close: "Chat schließen",
    unread: "ungelesen: #",
    dismiss: "Ausblenden",
    failed: "Der Chat konnte hier nicht geladen werden.",
    retry: "Noch einmal versuchen",
  },
  es: {
    open: "Abrir el chat",
    close: "Cerrar el chat",
    unread: "sin leer: #",
    dismiss: "Descartar",
    failed: "No se ha podido cargar el chat aquí.",
    retry: "Intentar de nuevo",
  },
  fr: {
    open: "Ouvrir la discussion",
    close: "Fermer la discussion",
    unread: "non lus : #",
    dismiss: "Masquer",
    failed: "La discussion n’a pas pu être chargée ici.",
    retry: "Réessayer",
  },
  pt: {
    open: "Abrir o chat",
    close: "Fechar o chat",
    unread: "por ler: #",
    dismiss: "Dispensar",
    failed: "Não foi possível carregar o chat aqui.",
    retry: "Tentar novamente",
  },
  ja: {
    open: "チャットを開く",
    close: "チャットを閉じる",
    unread: "未読 # 件",
    dismiss: "閉じる",
    failed: "ここではチャットを読み込めませんでした。",
    retry: "もう一度試す",
  },
  zh: {
    open: "打开聊天",
    close: "关闭聊天",
    unread: "# 条未读",
    dismiss: "关闭提示",
    failed: "无法在此加载聊天。",
    retry: "重试",
  },
  ar: {
    open: "افتح المحادثة",
    close: "أغلق المحادثة",
    unread: "غير مقروء: #",
    dismiss: "إخفاء",
    failed: "تعذّر تحميل المحادثة هنا.",
    retry: "حاول مجددًا",
  },
} satisfies Record<string, LoaderWords>;

export type LoaderLanguage = keyof typeof LOADER_WORDS;
