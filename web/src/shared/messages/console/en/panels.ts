export const panels = {
  title: "Human evaluation",
};
