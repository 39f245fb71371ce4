/** Command palette (Ctrl+K): every page and action, found by Chinese, pinyin initials or English. */
import { add } from "./hotkeys.js";
import { isVisible, make } from "./page.js";
import { word } from "./words.js";

/** @typedef {{ label: string, url?: string, keys?: string, hint?: string, group?: string, press?: HTMLElement }} Entry */

const source = document.querySelector('meta[name="palette"]')?.getAttribute("content") || "";
/** @type {Promise<Entry[]> | null} */
let everywhere = null;

/** @param {string} q @returns {Promise<Entry[]>} */
async function ask(q) {
  if (!source) return [];
  const answer = await fetch(`${source}?q=${encodeURIComponent(q)}`, { credentials: "same-origin" }).catch(() => null);
  return answer?.ok ? answer.json() : [];
}

/** What this very page can do, from its keys. @returns {Entry[]} */
function here() {
  const found = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("main [data-key]")]);
  return found.filter(isVisible).map((element) => ({
    label: element.querySelector(".btn-label, .menu-words")?.textContent?.trim() || element.getAttribute("title") || "",
    hint: element.dataset.key,
    group: word("group_page"),
    press: element,
  }));
}

/**
 * How well an entry answers: 0 not at all; the label's start counts most, then a word's start, then anywhere.
 * @param {Entry} entry @param {string} q
 */
export function rank(entry, q) {
  if (!q) return 1;
  const label = entry.label.toLowerCase();
  const keys = (entry.keys || "").toLowerCase();
  if (label.startsWith(q)) return 4;
  if (keys.split(/\s+/).some((one) => one.startsWith(q))) return 3;
  if (label.includes(q)) return 2;
  if (q.split(/\s+/).every((part) => label.includes(part) || keys.includes(part))) return 1;
  return 0;
}

function open() {
  if (document.querySelector("dialog.palette")) return;
  const list = make("div", { class: "palette-list", role: "listbox", id: "palette-list", "aria-label": word("palette") });
  const input = make("input", { class: "palette-input", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list", "aria-label": word("palette"), placeholder: word("palette"), autocomplete: "off", spellcheck: "false" });
  const dialog = make("dialog", { class: "palette", "aria-label": word("palette") }, input, list);
  /** @type {Entry[]} */
  let shown = [];
  let at = 0;

  const mark = () => {
    const options = [...list.querySelectorAll(".palette-item")];
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    options[at]?.scrollIntoView({ block: "nearest" });
    if (options[at]) input.setAttribute("aria-activedescendant", options[at].id);
    else input.removeAttribute("aria-activedescendant");
  };
  const go = () => {
    const entry = shown[at];
    if (!entry) return;
    dialog.close();
    if (entry.press) entry.press.click();
    else if (entry.url) location.assign(entry.url);
  };
  /** @param {Entry[]} entries */
  const draw = (entries) => {
    shown = entries;
    at = 0;
    list.replaceChildren();
    let group = "";
    entries.forEach((entry, index) => {
      const name = entry.group || word("group_all");
      if (name !== group) list.append(make("p", { class: "palette-group", role: "presentation" }, name));
      group = name;
      const hint = make("span", { class: "palette-hint" }, entry.hint || "");
      const item = make("div", { class: "palette-item", role: "option", id: `palette-${index}` }, make("span", {}, entry.label), hint);
      item.addEventListener("pointermove", () => {
        if (at === index) return;
        at = index;
        mark();
      });
      item.addEventListener("click", () => {
        at = index;
        go();
      });
      list.append(item);
    });
    if (!entries.length) list.append(make("p", { class: "palette-none" }, word("nothing")));
    mark();
  };
  const local = here();
  const search = async () => {
    const q = input.value.trim().toLowerCase();
    everywhere = everywhere || ask("");
    const pages = await everywhere;
    if (q !== input.value.trim().toLowerCase()) return;
    const ranked = [...local, ...pages].map((entry) => ({ entry, weight: rank(entry, q) })).filter((one) => one.weight > 0);
    if (q) ranked.sort((one, other) => other.weight - one.weight);
    draw(ranked.slice(0, 40).map((one) => one.entry));
  };

  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) {
      at = (at + step + shown.length) % shown.length;
      mark();
    } else if (event.key === "Enter") go();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  search();
}

if (source) {
  add("ctrl+k", word("key_palette"), open);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-palette]")) open();
  });
}
