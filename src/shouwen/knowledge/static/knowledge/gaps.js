/** Puts a gap such as {{customer_name}} into the template's text where the cursor stands. */
import { each } from "../platform/js/page.js";

each("[data-gap]", (/** @type {HTMLElement} */ button) => {
  button.addEventListener("click", () => {
    const field = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("id_body"));
    if (!field) return;
    field.setRangeText(button.dataset.gap || "", field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
});
