/** Lists by keyboard: j and k move, Enter opens, x selects; new rows never move the one under the hand. */
import { add } from "./hotkeys.js";
import { each } from "./page.js";
import { word } from "./words.js";

const ROW = "[data-row]";

/** @returns {HTMLElement | null} */
function list() {
  return document.querySelector("[data-rows]");
}

/** @param {HTMLElement} rows @returns {HTMLElement[]} */
function rowsOf(rows) {
  return [...rows.querySelectorAll(ROW)].map((row) => /** @type {HTMLElement} */ (row));
}

/** @param {HTMLElement} rows @returns {HTMLElement | undefined} */
function current(rows) {
  const all = rowsOf(rows);
  return all.find((row) => row.contains(document.activeElement)) || all.find((row) => row.classList.contains("is-at")) || all.find((row) => row.matches(".is-selected") || row.querySelector('[aria-current="true"]'));
}

/** @param {HTMLElement} row @returns {HTMLElement | null} */
function linkOf(row) {
  return row.querySelector(".irow-link, a[href]");
}

/** @param {number} step */
function move(step) {
  const rows = list();
  if (!rows) return;
  const all = rowsOf(rows);
  const here = current(rows);
  const next = all[here ? Math.min(all.length - 1, Math.max(0, all.indexOf(here) + step)) : 0];
  if (!next) return;
  for (const row of all) row.classList.toggle("is-at", row === next);
  linkOf(next)?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

add("j", word("key_next"), () => move(1));
add("k", word("key_previous"), () => move(-1));
add("x", word("key_select"), () => {
  const rows = list();
  const box = /** @type {HTMLInputElement | null | undefined} */ (rows && current(rows)?.querySelector("[data-row-check]"));
  box?.click();
});
document.addEventListener("keydown", (event) => {
  const rows = list();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && rows?.contains(document.activeElement) && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    move(step);
  }
});

each("[data-rows]", (element) => {
  const rows = /** @type {HTMLElement} */ (element);
  const form = rows.closest("form") || rows.parentElement;
  const bar = /** @type {HTMLElement | null} */ (form?.querySelector("[data-bulk]") || null);
  const all = /** @type {HTMLInputElement | null} */ (form?.querySelector("[data-bulk-all]") || null);
  /** @type {HTMLInputElement | null} */
  let last = null;
  const boxes = () => /** @type {HTMLInputElement[]} */ ([...rows.querySelectorAll("[data-row-check]")]);
  const count = () => {
    const picked = boxes().filter((box) => box.checked).length;
    rows.classList.toggle("is-picking", picked > 0);
    if (bar) bar.hidden = picked === 0;
    const text = bar?.querySelector("[data-bulk-count]");
    if (text) text.textContent = word("chosen", { n: picked });
    if (all) {
      all.checked = picked > 0 && picked === boxes().length;
      all.indeterminate = picked > 0 && !all.checked;
    }
  };
  rows.addEventListener("click", (event) => {
    const box = event.target instanceof HTMLInputElement && event.target.matches("[data-row-check]") ? event.target : null;
    if (!box) return;
    if (event instanceof MouseEvent && event.shiftKey && last) {
      const list_ = boxes();
      const [from, to] = [list_.indexOf(last), list_.indexOf(box)].sort((one, other) => one - other);
      for (const between of list_.slice(from, to + 1)) between.checked = box.checked;
    }
    last = box;
    count();
  });
  all?.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    count();
  });
  count();
});

/** @type {{ scroller: Element, row: Element, top: number, ids: Set<string> } | null} */
let held = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const target = /** @type {CustomEvent} */ (event).detail.target;
  const rows = list();
  const row = rows && current(rows);
  if (!rows || !row?.id || !(target.contains(rows) || rows.contains(target))) return;
  const picked = [...rows.querySelectorAll("[data-row-check]:checked")].map((box) => /** @type {HTMLInputElement} */ (box).value);
  held = { scroller: rows.closest(".pane") || document.documentElement, row, top: row.getBoundingClientRect().top, ids: new Set(picked) };
});
document.addEventListener("htmx:afterSettle", () => {
  const rows = list();
  if (!held || !rows) return;
  const { scroller, row, top, ids } = held;
  held = null;
  const same = document.getElementById(row.id);
  if (same) {
    scroller.scrollTop += same.getBoundingClientRect().top - top;
    if (row.classList.contains("is-at")) {
      same.classList.add("is-at");
      if (document.activeElement === document.body) linkOf(same)?.focus({ preventScroll: true });
    }
  }
  for (const box of rows.querySelectorAll("[data-row-check]")) {
    const input = /** @type {HTMLInputElement} */ (box);
    if (ids.has(input.value) && !input.checked) input.click();
  }
});
