export const reviews = {
  title: "Review",
};
