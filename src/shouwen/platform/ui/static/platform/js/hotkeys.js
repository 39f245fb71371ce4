/** Keys. One letter presses what carries it in data-key; "g i" are two strokes; "ctrl+s" works while typing too. */
import { isTyping, isVisible, make } from "./page.js";
import { word } from "./words.js";

/** @typedef {{ keys: string, label: string, run: (event: KeyboardEvent) => void, shown: string }} Hotkey */

/** @type {Hotkey[]} */
const registry = [];
const WAIT_MS = 900;
let pending = "";
let timer = 0;

/**
 * @param {string} keys for instance "j", "?", "ctrl+k", "g i"
 * @param {string} label what the key sheet says
 * @param {(event: KeyboardEvent) => void} run
 * @param {string} [shown] how the key is written on the sheet
 */
export function add(keys, label, run, shown = keys) {
  registry.push({ keys, label, run, shown });
}

/** @typedef {{ title: string, keys: [string, string][], why: () => string }} Group */
/** @type {Group[]} */
const groups = [];

/**
 * Keys that belong together and stand on the sheet always; those that nothing on the page carries now are grey, and
 * `why` says why.
 * @param {string} title @param {[string, string][]} keys keys and what they do @param {() => string} why
 */
export function group(title, keys, why) {
  groups.push({ title, keys, why });
}

/** @param {KeyboardEvent} event */
function stroke(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("ctrl");
  if (event.altKey) parts.push("alt");
  parts.push(event.key.length === 1 ? event.key.toLowerCase() : event.key);
  return parts.join("+");
}

/** The innermost open dialog keeps the keys to itself. @returns {ParentNode} */
function scope() {
  return [...document.querySelectorAll("dialog[open]")].at(-1) || document;
}

/** @param {string} attribute @param {string} keys @returns {HTMLElement | undefined} */
function carrier(attribute, keys) {
  const found = /** @type {HTMLElement[]} */ ([...scope().querySelectorAll(`[${attribute}="${CSS.escape(keys)}"]`)]);
  return found.find((element) => isVisible(element) || element.closest("details:not([open])"));
}

/** @param {string} keys @param {KeyboardEvent} event @returns {boolean} */
function press(keys, event) {
  const field = carrier("data-key-field", keys);
  if (field) {
    field.focus();
    if (field instanceof HTMLInputElement) field.select();
    return true;
  }
  const element = carrier("data-key", keys);
  if (element) {
    element.click();
    return true;
  }
  const known = scope() === document && registry.find((one) => one.keys === keys);
  if (known) known.run(event);
  return Boolean(known);
}

/** @param {string} keys */
function begins(keys) {
  const start = `${keys} `;
  return registry.some((one) => one.keys.startsWith(start)) || Boolean(scope().querySelector(`[data-key^="${CSS.escape(start)}"]`));
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  const now = stroke(event);
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && isTyping(event.target)) {
    if (event.key === "Escape" && event.target instanceof HTMLElement && !event.target.closest("dialog")) event.target.blur();
    return;
  }
  if (plain && event.key === "Enter") return;
  window.clearTimeout(timer);
  const keys = pending ? `${pending} ${now}` : now;
  pending = "";
  if (begins(keys)) {
    pending = keys;
    timer = window.setTimeout(() => (pending = ""), WAIT_MS);
    event.preventDefault();
  } else if (press(keys, event) || (keys !== now && press(now, event))) {
    event.preventDefault();
  }
});

/** @param {string} keys */
function caps(keys) {
  const row = make("span", { class: "keys" });
  for (const key of keys.split(/[ +]/)) row.append(make("kbd", { class: "key" }, key === "ctrl" ? "Ctrl" : key));
  return row;
}

/** @param {string} label @param {string} keys @param {boolean} [on] */
function entry(label, keys, on = true) {
  return make("li", { class: on ? "" : "is-off", "aria-disabled": on ? false : "true" }, make("span", {}, label), caps(keys));
}

/** @param {Group} group @param {Map<string, string>} here what the page carries; what the group names is taken out @returns {HTMLElement[]} */
function section({ title, keys, why }, here) {
  const rows = keys.map(([key, label]) => entry(here.get(key) || label, key, here.has(key)));
  const reason = keys.every(([key]) => here.has(key)) ? "" : why();
  for (const [key] of keys) here.delete(key);
  const head = make("h3", { class: "keysheet-title" }, title, " ", make("span", { class: "keysheet-why" }, reason));
  return [head, make("ul", { class: "keysheet" }, ...rows)];
}

/** The sheet of all keys that work on this page, and of those that would with something open. */
export function help() {
  /** @type {Map<string, string>} */
  const all = new Map();
  for (const element of document.querySelectorAll("[data-key], [data-key-field]")) {
    const keys = element.getAttribute("data-key") || element.getAttribute("data-key-field") || "";
    const label = element.querySelector(".btn-label, .menu-words")?.textContent || element.textContent;
    const said = element.getAttribute("data-key-label") || element.getAttribute("aria-label") || label?.trim();
    if (said && !all.has(keys)) all.set(keys, said);
  }
  const apart = groups.flatMap((one) => section(one, all));
  for (const one of registry) if (!all.has(one.shown)) all.set(one.shown, one.label);
  const list = make("ul", { class: "keysheet" }, ...[...all].map(([keys, label]) => entry(label, keys)));
  const title = make("h2", { class: "dialog-title", id: "keysheet-title" }, word("keys"));
  const close = make("button", { type: "button", class: "btn-icon", "data-closes": true, "aria-label": word("close") }, "×");
  const dialog = make("dialog", { class: "dialog dialog-l", "aria-labelledby": "keysheet-title" }, make("header", { class: "dialog-head" }, title, close), make("div", { class: "dialog-body" }, list, ...apart));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

add("?", word("key_help"), help);
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-help]")) help();
});
