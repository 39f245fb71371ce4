/** Menus are <details>: one open at a time, Escape and a click elsewhere close, arrows move. Folded cards are remembered. */
import { each, recall, remember } from "./page.js";

const ITEMS = "a[href], button:not([disabled])";

/** @returns {HTMLDetailsElement[]} */
function open() {
  return /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll("details[data-menu][open]")]);
}

document.addEventListener("click", (event) => {
  for (const menu of open()) {
    const inside = event.target instanceof Node && menu.contains(event.target);
    const chosen = inside && event.target instanceof Element && event.target.closest(".menu-item");
    if (!inside || chosen) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = open().at(-1);
  if (!menu) return;
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary")?.focus();
    event.stopPropagation();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !menu.contains(document.activeElement)) return;
  event.preventDefault();
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll(`.menu-box ${ITEMS}, .rail-sheet ${ITEMS}`)]);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  items[(at + step + items.length) % items.length]?.focus();
});

document.addEventListener("focusin", (event) => {
  for (const menu of open()) if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
});

each("details[data-fold]", (element) => {
  const card = /** @type {HTMLDetailsElement} */ (element);
  /** @type {Record<string, boolean>} */
  const folds = recall("folds", {});
  const name = card.dataset.fold || "";
  if (name in folds) card.open = folds[name];
  card.addEventListener("toggle", () => remember("folds", { ...recall("folds", {}), [name]: card.open }));
});
