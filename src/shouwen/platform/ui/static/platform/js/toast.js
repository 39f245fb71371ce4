/** Toasts: short news at the corner, read out, gone after a while; errors stay until closed. */
import { each, make } from "./page.js";
import { word } from "./words.js";

const STAY_MS = 6000;

/** @param {HTMLElement} element */
function fit(element) {
  element.querySelector("[data-toast-close]")?.addEventListener("click", () => element.remove());
  if (element.classList.contains("toast-bad") || !element.closest("#toasts")) return;
  let timer = window.setTimeout(() => element.remove(), STAY_MS);
  element.addEventListener("pointerenter", () => window.clearTimeout(timer));
  element.addEventListener("focusin", () => window.clearTimeout(timer));
  element.addEventListener("pointerleave", () => (timer = window.setTimeout(() => element.remove(), STAY_MS / 2)));
}

/**
 * @param {string} text
 * @param {"info" | "good" | "warn" | "bad"} [tone]
 */
export function toast(text, tone = "info") {
  const close = make("button", { type: "button", class: "toast-close", "data-toast-close": true, "aria-label": word("close") }, "×");
  const element = make("div", { class: `toast toast-${tone}`, "data-toast": true }, make("span", { class: "toast-text" }, text), close);
  document.getElementById("toasts")?.append(element);
  fit(element);
}

each("[data-toast]", fit);

document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
  if (!button) return;
  await navigator.clipboard.writeText(button.getAttribute("data-copy") || "");
  toast(word("copied"), "good");
});
