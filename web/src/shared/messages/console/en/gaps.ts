export const gaps = {
  title: "Gaps",
};
