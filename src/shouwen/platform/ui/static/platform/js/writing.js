/** Writing: text areas that grow, and Ctrl+Enter that sends. */
import { each } from "./page.js";

each("textarea[data-grow]", (element) => {
  const area = /** @type {HTMLTextAreaElement} */ (element);
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  if (CSS.supports("field-sizing", "content")) area.style.setProperty("field-sizing", "content");
  else {
    area.addEventListener("input", fit);
    if (area.value) fit();
  }
});

document.addEventListener("keydown", (event) => {
  const area = event.target instanceof Element ? event.target.closest('[data-submit="ctrl+enter"]') : null;
  if (!area || event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  area.closest("form")?.requestSubmit();
});
