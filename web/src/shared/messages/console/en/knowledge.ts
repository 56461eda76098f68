export const knowledge = {
  title: "Knowledge",
};
