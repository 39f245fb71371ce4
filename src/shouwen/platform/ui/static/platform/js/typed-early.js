/**
 * What was typed while the page was still loading counts: a field that asks the server while it is written in
 * ("input changed") starts from what the page came with, and is told at once what stands there by now.
 */
const ASKS = "[hx-trigger*='changed']";
const WRITTEN = "input:not([type=hidden], [type=checkbox], [type=radio], [type=file]), textarea";
/** @type {Map<Element, Map<HTMLInputElement | HTMLTextAreaElement, string>>} */
const typed = new Map();

document.addEventListener("htmx:beforeProcessNode", (event) => {
  const elt = /** @type {Element} */ (event.target);
  if (!elt.matches(ASKS)) return;
  const all = elt.matches(WRITTEN) ? [elt] : [...elt.querySelectorAll(WRITTEN)];
  const fields = /** @type {(HTMLInputElement | HTMLTextAreaElement)[]} */ (all).filter((one) => one.value !== one.defaultValue);
  if (!fields.length) return;
  typed.set(elt, new Map(fields.map((one) => [one, one.value])));
  for (const one of fields) one.value = one.defaultValue;
});

document.addEventListener("htmx:afterProcessNode", (event) => {
  const elt = /** @type {Element} */ (event.target);
  const fields = typed.get(elt);
  typed.delete(elt);
  for (const [one, text] of fields ?? []) {
    one.value = text;
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
