import type { Texts } from "../text";

export const account: Texts["account"] = {
  title: "Iniciar sesión",
  name: "Nombre",
  password: "Contraseña",
  logIn: "Iniciar sesión",
  againTitle: "Vuelva a iniciar sesión",
  again:
    "Su sesión ha terminado. No se pierde nada: lo que ha escrito sigue aquí y, si hay una respuesta en camino, continúa.",
  logOut: (name: string) => `Cerrar la sesión de ${name}`,
  toFirst: "Tengo el token del primer propietario",
  toLogin: "Iniciar sesión con una cuenta",
  firstTitle: "La cuenta del primer propietario",
  token: "Token",
  newPassword: "Contraseña nueva, de al menos 12 caracteres",
  make: "Crear la cuenta",
  invitationTitle: (bot: string) => `Tiene una invitación para ${bot}`,
  invitationText: (role: string) => `Elija un nombre y una contraseña. Su rol será el de ${role}.`,
  invitationBad: "Esta invitación no se puede usar",
  roles: { owner: "propietario", editor: "editor", reviewer: "revisor", visitor: "visitante" },
  toChat: "Ir al chat",
  console: "Consola: ocuparse del bot",
};
