/** Panes one can widen: a splitter by pointer or arrow keys, remembered on this device. */
import { each, make, recall, remember } from "./page.js";
import { word } from "./words.js";

const LIMITS = { views: [140, 320], list: [260, 640] };

each("[data-panes]", (element) => {
  const panes = /** @type {HTMLElement} */ (element);
  const root = document.documentElement;
  /** @type {HTMLElement[]} */
  const places = [];
  const settle = () => places.forEach((place) => place.dispatchEvent(new Event("pane:place")));

  for (const [name, [least, most]] of Object.entries(LIMITS)) {
    const pane = /** @type {HTMLElement | null} */ (panes.querySelector(`:scope > [data-pane="${name}"]`));
    if (!pane) continue;
    const property = `--pane-${name}`;
    const bar = make("div", { class: "splitter", role: "separator", tabindex: "0", "aria-orientation": "vertical", "aria-label": word("panes"), "aria-valuemin": String(least), "aria-valuemax": String(most) });
    const place = () => {
      const edge = pane.offsetLeft + pane.offsetWidth;
      bar.style.left = `${edge}px`;
      bar.setAttribute("aria-valuenow", String(Math.min(most, Math.max(least, pane.offsetWidth))));
    };
    /** @param {number} width */
    const set = (width) => {
      const kept = Math.round(Math.min(most, Math.max(least, width)));
      root.style.setProperty(property, `${kept}px`);
      settle();
      remember("panes", { ...recall("panes", {}), [property]: kept });
    };
    bar.addEventListener("pane:place", place);
    bar.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      bar.setPointerCapture(event.pointerId);
      bar.classList.add("is-held");
      const shift = pane.offsetWidth - event.clientX;
      /** @param {PointerEvent} moved */
      const drag = (moved) => set(moved.clientX + shift);
      bar.addEventListener("pointermove", drag);
      bar.addEventListener("lostpointercapture", () => {
        bar.removeEventListener("pointermove", drag);
        bar.classList.remove("is-held");
      }, { once: true });
    });
    bar.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
      if (!step) return;
      event.preventDefault();
      set(pane.offsetWidth + step);
    });
    bar.addEventListener("dblclick", () => {
      root.style.removeProperty(property);
      const kept = recall("panes", {});
      delete kept[property];
      remember("panes", kept);
      settle();
    });
    places.push(bar);
    panes.append(bar);
    place();
  }
  new ResizeObserver(settle).observe(panes);
});
