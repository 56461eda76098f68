export const curated = {
  title: "Curated answers",
};
