export const account = {
  title: "Log in",
  name: "Name",
  password: "Password",
  logIn: "Log in",
  logOut: (name: string) => `Log out ${name}`,
  toFirst: "I have the token of the first owner",
  toLogin: "Log in instead",
  firstTitle: "The first owner’s account",
  token: "Token",
  newPassword: "New password, at least 12 characters",
  make: "Make the account",
  console: "Console: look after the bot",
};
