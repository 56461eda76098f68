import type { Texts } from "../text";

export const app: Texts["app"] = {
  skip: "Saltar al cuadro de mensaje",
  loading: "Cargando…",
  offline: "Sin conexión con el servidor. Su conversación sigue aquí y continuará en cuanto vuelva.",
  release: (id: string) => `Release ${id}`,
  crashed: "Algo ha fallado en esta página. Sus conversaciones están a salvo en el servidor.",
  reload: "Volver a cargar la página",
};

export const errors: Texts["errors"] = {
  unreachable: "No se puede contactar con el servidor. Compruebe su conexión e inténtelo de nuevo.",
  unexpected: "Algo ha fallado. Inténtelo de nuevo.",
  status: (status: number) => `El servidor respondió con un error (${status}). Inténtelo de nuevo en un momento.`,
  retry: "Intentar de nuevo",
  retryIn: (seconds: number) => `Inténtelo de nuevo en ${seconds} s`,
  botTitle: "El asistente no está disponible en este momento",
  conversationTitle: "No se pudo cargar esta conversación",
  notFoundTitle: "Esta conversación no existe",
  notFound: "Puede que se haya eliminado o que pertenezca a otra persona.",
  dismiss: "Descartar",
  part: "No se pudo mostrar esta parte de la página. Lo guardado está a salvo.",
  message: "Este mensaje no se pudo mostrar como debería.",
};
