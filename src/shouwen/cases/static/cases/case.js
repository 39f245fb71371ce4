/** The case pane: story at its newest end, parts renewed without closing what is open, tabs and small forms in place. */
import { group } from "../platform/js/hotkeys.js";
import { each, heed, isVisible } from "../platform/js/page.js";
import { listen } from "../platform/js/live.js";
import { held } from "../platform/js/press.js";
import { mark, openCase } from "./rows.js";
import { all, say } from "./said.js";

group(say("case_keys"), all("keys"), () => say(openCase() ? "not_now" : "no_case"));

/** @returns {HTMLElement | null} */
function scroller() {
  return document.querySelector("[data-story-scroll]");
}

/** @param {HTMLElement} box */
function toEnd(box) {
  if (box.scrollHeight > box.clientHeight + 1) box.scrollTop = box.scrollHeight;
  else if (getComputedStyle(box).overflowY === "visible") box.querySelector("#story > :last-child")?.scrollIntoView({ block: "center" });
}

each(".case[data-case]", (element) => {
  const pane = /** @type {HTMLElement} */ (element);
  if (pane.dataset.liveToken) listen(pane.dataset.liveToken);
  mark();
  const head = new ResizeObserver(() => pane.style.setProperty("--case-head", `${pane.querySelector(".case-head")?.clientHeight || 0}px`));
  for (const one of pane.querySelectorAll(".case-head")) head.observe(one);
  const box = scroller();
  if (!box) return;
  toEnd(box);
  for (const picture of box.querySelectorAll("img")) picture.addEventListener("load", () => toEnd(box), { once: true });
  document.title = `${pane.querySelector(".case-title")?.firstChild?.textContent || ""} · ${document.title.split(" · ").at(-1)}`;
});

/** @type {Map<string, { open: boolean[], end: boolean }>} */
const kept = new Map();
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  const target = /** @type {HTMLElement} */ (detail.target);
  const active = document.activeElement;
  const writes = active instanceof HTMLElement && active.matches("input, textarea, select") && target.contains(active);
  const pressed = held(target, document.querySelector(".case > [data-live]"));
  if (pressed || writes || target.querySelector("details[data-menu][open]")) {
    detail.shouldSwap = false; // under the hand: it is renewed with the next change
    kept.delete(target.id);
    return;
  }
  const box = scroller();
  const end = Boolean(box && box.scrollHeight - box.scrollTop - box.clientHeight < 60);
  kept.set(target.id, { open: [...target.querySelectorAll("details")].map((fold) => fold.open), end });
});
document.addEventListener("htmx:oobAfterSwap", (event) => {
  const id = /** @type {CustomEvent} */ (event).detail.target?.id;
  const target = document.getElementById(id);
  const was = kept.get(id);
  if (!target || !was) return;
  const folds = [...target.querySelectorAll("details")];
  if (folds.length === was.open.length) folds.forEach((fold, index) => (fold.open = was.open[index]));
  const box = scroller();
  if (id === "story" && was.end && box) toEnd(box);
});

/** @type {number | null} */
let before = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const target = /** @type {CustomEvent} */ (event).detail.target;
  before = target instanceof Element && target.matches(".older") ? scroller()?.scrollHeight || null : null;
});
document.addEventListener("htmx:afterSettle", () => {
  const box = scroller();
  if (before !== null && box) box.scrollTop += box.scrollHeight - before; // earlier messages push nothing away
  before = null;
});

// The dialog that wrote is done; one that was opened while an earlier answer was under way is just being filled in.
document.body.addEventListener("case-written", (event) => {
  const writer = event.target instanceof Element ? event.target.closest("dialog") : null;
  if (writer instanceof HTMLDialogElement) writer.close();
});

/** @param {Element} holder */
async function fill(holder) {
  const address = holder instanceof HTMLElement ? holder.dataset.lazy : "";
  if (!address || holder.hasAttribute("data-filled")) return;
  holder.setAttribute("data-filled", "");
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) {
    if (answer) heed(answer, true);
    holder.removeAttribute("data-filled"); // asked for again with the next try
    return;
  }
  holder.innerHTML = await answer.text();
  /** @type {any} */ (window).htmx.process(holder);
  holder.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
  /** @type {HTMLElement | null} */ (holder.querySelector("select, input:not([type=hidden]), textarea"))?.focus();
}

/** @param {Element} panel */
function enter(panel) {
  const holder = panel.querySelector("[data-lazy]");
  if (holder) fill(holder);
  const field = /** @type {HTMLElement | null} */ (panel.querySelector("textarea, select, input:not([type=hidden])"));
  field?.focus();
  if (field instanceof HTMLTextAreaElement) field.setSelectionRange(field.value.length, field.value.length);
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const chooser = target?.closest("[data-choose-tab]");
  if (chooser) {
    const tab = /** @type {HTMLElement | null} */ (document.querySelector(`#composer [data-tab="${chooser.getAttribute("data-choose-tab")}"]`));
    if (tab && isVisible(tab)) {
      event.preventDefault();
      tab.click();
    }
  }
  const tab = target?.closest("#composer [role=tab]");
  if (!tab) return;
  const composer = /** @type {HTMLElement} */ (tab.closest("#composer"));
  const code = tab.getAttribute("data-tab") || "";
  composer.dataset.composer = code;
  composer.classList.toggle("is-note", code === "note");
  const panel = document.getElementById(tab.getAttribute("aria-controls") || "");
  if (panel) window.setTimeout(() => enter(panel));
});
