/** Filters while typing: a list below the field of names and values that begin so. Arrows choose, Enter or Tab puts
 * in, Escape closes; with nothing chosen Enter searches. */
import { each, make } from "../platform/js/page.js";

const PAUSE_MS = 120;

each("input[data-asking]", (element) => {
  const field = /** @type {HTMLInputElement} */ (element);
  const id = `${field.id || field.name}-words`;
  const list = make("ul", { class: "asking", role: "listbox", id, "aria-label": field.getAttribute("aria-label") || "", hidden: "" });
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", id);
  field.setAttribute("aria-expanded", "false");
  /** @type {{ text: string, start: number, whole: boolean, note: string }[]} */
  let offered = [];
  let chosen = -1;
  let timer = 0;
  let asked = "";

  const close = () => {
    offered = [];
    chosen = -1;
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const draw = () => {
    list.replaceChildren(
      ...offered.map((one, index) => {
        const row = make("li", { class: "asking-word", role: "option", id: `${id}-${index}`, "aria-selected": String(index === chosen) }, make("b", {}, one.text), make("span", { class: "muted" }, one.note));
        row.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          chosen = index;
          put();
        });
        return row;
      }),
    );
    list.hidden = !offered.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    if (chosen >= 0) field.setAttribute("aria-activedescendant", `${id}-${chosen}`);
    else field.removeAttribute("aria-activedescendant");
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const ask = async () => {
    const text = field.value.slice(0, field.selectionStart ?? field.value.length);
    if (!text.trim() || /\s$/.test(text)) return close();
    asked = text;
    const answer = await fetch(`${field.dataset.asking}?q=${encodeURIComponent(text)}`, { credentials: "same-origin", headers: { Accept: "application/json" } }).catch(() => null);
    if (asked !== text || document.activeElement !== field) return;
    if (!answer?.ok) return close();
    offered = (await answer.json()).suggestions;
    chosen = -1;
    draw();
  };
  const put = () => {
    const one = offered[chosen];
    if (!one) return close();
    const end = field.selectionStart ?? field.value.length;
    field.setRangeText(one.whole ? `${one.text} ` : one.text, one.start, end, "end");
    close();
    field.focus();
    if (one.whole) field.dispatchEvent(new Event("input", { bubbles: true }));
    else ask();
  };
  field.addEventListener("input", (event) => {
    window.clearTimeout(timer);
    if (/** @type {InputEvent} */ (event).isComposing) return;
    timer = window.setTimeout(ask, PAUSE_MS);
  });
  field.addEventListener("compositionend", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE_MS);
  });
  field.addEventListener("blur", () => window.setTimeout(close, 150));
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      chosen = (chosen + step + offered.length + (chosen < 0 && step < 0 ? 1 : 0)) % offered.length;
      draw();
    } else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) put();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
});
