/** What is pressed right now. A live update that would take it away from under the hand waits for the release: a press
 * that ends on another element than it began on is no click, and what was asked for would be lost. */

/** @type {Node | null} */
let pressed = null;
/** @type {Set<Element>} */
const late = new Set();

/** Whether `target` is under the hand; `asker` then asks again after the release.
 * @param {Element} target @param {Element | null} asker */
export function held(target, asker) {
  if (!pressed || !target.contains(pressed)) return false;
  if (asker) late.add(asker);
  return true;
}

function release() {
  if (!pressed) return;
  window.setTimeout(() => {
    // the click has been heard by now
    pressed = null;
    const askers = [...late];
    late.clear();
    for (const asker of askers) if (asker.isConnected) /** @type {any} */ (window).htmx?.trigger(asker, "live");
  });
}

document.addEventListener("pointerdown", (event) => (pressed = event.target instanceof Node ? event.target : null), true);
document.addEventListener("pointerup", release, true);
document.addEventListener("pointercancel", release, true);
window.addEventListener("blur", release);

document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  const { elt, triggeringEvent } = detail.requestConfig || {};
  if (triggeringEvent?.type === "live" && detail.target instanceof Element && held(detail.target, elt)) detail.shouldSwap = false;
});
