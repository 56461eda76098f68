// Keys 1 to 5 press the button that shows them; not while somebody writes, and a choice is sent once.
const form = document.querySelector('form[method="post"]');
if (form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, input")) return;
    const button = form.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
    if (button && !event.repeat) button.click();
  });
  window.addEventListener("pageshow", () => (sent = false));
}
