/** "Sent. Undo (5)": counts down and goes; the server alone decides what still can be undone. */
import { each } from "./page.js";

each("[data-undo]", (element) => {
  const form = /** @type {HTMLElement} */ (element);
  const end = Date.now() + Number(form.dataset.undo) * 1000;
  const timer = window.setInterval(() => {
    const left = Math.ceil((end - Date.now()) / 1000);
    const count = form.querySelector("[data-undo-count]");
    if (count) count.textContent = String(Math.max(0, left));
    if (left > 0 && form.isConnected) return;
    window.clearInterval(timer);
    form.dispatchEvent(new CustomEvent("undo:over", { bubbles: true }));
    if (form.closest("#toasts")) form.remove();
    else form.hidden = true;
  }, 250);
  form.addEventListener("submit", () => window.clearInterval(timer));
});
