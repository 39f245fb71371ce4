/** In-page tabs. Without this module all panels stand one below the other. */
import { each } from "./page.js";

each("[data-tabs]", (group) => {
  const bar = group.querySelector('[role="tablist"]');
  if (!bar) return;
  const tabs = /** @type {HTMLElement[]} */ ([...bar.querySelectorAll('[role="tab"]')]);
  /** @param {HTMLElement} chosen */
  const choose = (chosen) => {
    for (const tab of tabs) {
      const on = tab === chosen;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute("aria-controls") || "");
      if (panel) panel.hidden = !on;
    }
    group.dispatchEvent(new CustomEvent("tabs:chosen", { bubbles: true, detail: { tab: chosen } }));
  };
  bar.removeAttribute("hidden");
  bar.addEventListener("click", (event) => {
    const tab = event.target instanceof Element ? event.target.closest('[role="tab"]') : null;
    if (tab instanceof HTMLElement) choose(tab);
  });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[/** @type {KeyboardEvent} */ (event).key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + step + tabs.length) % tabs.length];
    next.focus();
    choose(next);
  });
  choose(tabs.find((tab) => tab.getAttribute("aria-selected") === "true") || tabs[0]);
});
