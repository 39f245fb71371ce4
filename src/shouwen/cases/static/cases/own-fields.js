/** Of the own fields of all kinds, only those of the chosen kind stand on the form. */
import { each } from "../platform/js/page.js";

/** @param {HTMLFormElement} form */
function fit(form) {
  const chosen = new FormData(form).get("kind") || "";
  for (const part of form.querySelectorAll("[data-own-fields]")) {
    const fits = part.getAttribute("data-own-fields") === chosen;
    part.hidden = !fits;
    part.disabled = !fits; // what does not belong to the kind is neither asked for nor sent
  }
}

each("form:has([data-own-fields])", (element) => {
  const form = /** @type {HTMLFormElement} */ (element);
  fit(form);
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "kind") fit(form);
  });
});
