import type { Texts } from "../text";

export const app: Texts["app"] = {
  skip: "Aller au champ de message",
  loading: "Chargement…",
  offline: "Pas de connexion au serveur. Votre conversation reste ici ; je reprends dès qu’elle est rétablie.",
  release: (id: string) => `Release ${id}`,
  crashed: "Un problème est survenu dans cette page. Vos conversations sont en sécurité sur le serveur.",
  reload: "Recharger la page",
};

export const errors: Texts["errors"] = {
  unreachable: "Le serveur est injoignable. Vérifiez votre connexion et réessayez.",
  unexpected: "Un problème est survenu. Réessayez.",
  status: (status: number) => `Le serveur a répondu par une erreur (${status}). Réessayez dans un instant.`,
  retry: "Réessayer",
  retryIn: (seconds: number) => `Réessayer dans ${seconds} s`,
  botTitle: "L’assistant n’est pas disponible pour le moment",
  conversationTitle: "Cette conversation n’a pas pu être chargée",
  notFoundTitle: "Cette conversation n’existe pas",
  notFound: "Elle a peut-être été supprimée, ou elle appartient à quelqu’un d’autre.",
  dismiss: "Fermer",
  part: "Cette partie de la page n’a pas pu être affichée. Ce qui est enregistré est en sécurité.",
  message: "Ce message n’a pas pu être affiché comme prévu.",
};
