/** "/" in the reply field offers templates and articles; arrows choose, Enter puts in, Escape closes. */
import { each, make, send } from "../platform/js/page.js";
import { say } from "./said.js";

const PAUSE_MS = 120;
const ASKED = /(^|\s)\/([^\s/]{0,30})$/;

each("form[data-reply]", (element) => {
  const form = /** @type {HTMLFormElement} */ (element);
  const area = /** @type {HTMLTextAreaElement | null} */ (form.querySelector("textarea[name=text]"));
  const box = /** @type {HTMLElement | null} */ (form.querySelector("[data-inserts]"));
  if (!area || !box) return;
  /** @type {{ sort: string, id: number, name: string, text: string }[]} */
  let offered = [];
  let chosen = 0;
  let timer = 0;

  const asked = () => ASKED.exec(area.value.slice(0, area.selectionStart));
  const close = () => {
    box.hidden = true;
    offered = [];
    area.removeAttribute("aria-activedescendant");
  };
  const draw = () => {
    box.hidden = false;
    box.replaceChildren(
      ...offered.map((one, index) => {
        const row = make("div", { class: "insert", role: "option", id: `insert-${index}`, "aria-selected": String(index === chosen) }, make("b", {}, one.name), make("span", { class: "muted" }, `${say(one.sort)} · ${one.text.slice(0, 60)}`));
        row.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          chosen = index;
          put();
        });
        return row;
      }),
    );
    if (!offered.length) box.replaceChildren(make("p", { class: "insert-none muted" }, say("no_inserts")));
    area.setAttribute("aria-activedescendant", `insert-${chosen}`);
    box.children[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const ask = async () => {
    const found = asked();
    if (!found) return close();
    const answer = await fetch(`${form.dataset.insertsUrl}?q=${encodeURIComponent(found[2])}`, { credentials: "same-origin", headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || !asked()) return close();
    offered = (await answer.json()).inserts;
    chosen = 0;
    draw();
  };
  const put = async () => {
    const one = offered[chosen];
    const found = asked();
    if (!one || !found) return close();
    let { text } = one;
    if (one.sort === "template") {
      const answer = await send(form.dataset.insertUrl || "", new URLSearchParams({ template: String(one.id), text: area.value })).catch(() => null);
      if (answer?.ok) ({ text } = await answer.json());
    }
    const end = area.selectionStart;
    area.setRangeText(text, end - found[2].length - 1, end, "end");
    close();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  area.addEventListener("input", () => {
    window.clearTimeout(timer);
    if (asked()) timer = window.setTimeout(ask, PAUSE_MS);
    else close();
  });
  area.addEventListener("blur", () => window.setTimeout(close, 150));
  area.addEventListener("keydown", (event) => {
    if (box.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && offered.length) {
      chosen = (chosen + step + offered.length) % offered.length;
      draw();
    } else if ((event.key === "Enter" || event.key === "Tab") && offered.length && !event.isComposing) put();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
});
