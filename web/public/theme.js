// Runs before the first paint, so that a chosen theme does not flash the other one.
(function () {
  try {
    var chosen = JSON.parse(localStorage.getItem("chatwright.theme"));
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
    if (localStorage.getItem("chatwright.contrast") === "true") document.documentElement.dataset.contrast = "more";
  } catch {
    // Storage may be blocked or hold something else: the system's theme applies.
  }
})();
