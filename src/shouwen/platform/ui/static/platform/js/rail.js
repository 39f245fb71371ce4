/** Collapsing the rail to icons, remembered. */
import { each, remember } from "./page.js";

each("[data-rail-fold]", (button) => {
  const root = document.documentElement;
  const say = () => button.setAttribute("aria-expanded", String(root.dataset.rail !== "narrow"));
  button.addEventListener("click", () => {
    if (root.dataset.rail === "narrow") delete root.dataset.rail;
    else root.dataset.rail = "narrow";
    remember("rail", root.dataset.rail || "wide");
    say();
  });
  say();
});
