/** Many at once: a few cases at a time, so that one sees how far it is; what was done can be taken back. */
import { each, make, send } from "../platform/js/page.js";
import { toast } from "../platform/js/toast.js";
import { say } from "./said.js";

const AT_ONCE = 10;
const STAYS_MS = 20000;
/** @typedef {{ done: number, refused: string[], undo: string[], left: string[], fault: string }} Result */

/**
 * @param {string} address @param {Record<string, string>} fields @param {string[]} cases
 * @param {(done: number, of: number) => void} [progress]
 * @returns {Promise<Result>} `left`: what was not asked for any more, because of `fault`
 */
async function run(address, fields, cases, progress = () => {}) {
  /** @type {Result} */
  const result = { done: 0, refused: [], undo: [], left: [], fault: "" };
  for (let at = 0; at < cases.length; at += AT_ONCE) {
    progress(at, cases.length);
    const body = new URLSearchParams(fields);
    for (const one of cases.slice(at, at + AT_ONCE)) body.append("cases", one);
    const answer = await send(address, body).catch(() => null);
    if (!answer?.ok) {
      const said = await answer?.json().catch(() => null);
      return { ...result, left: cases.slice(at), fault: Object.values(said?.errors || {})[0] || said?.detail || say("bulk_stopped") };
    }
    const one = await answer.json();
    result.done += one.done;
    result.refused.push(...one.refused);
    result.undo.push(...one.undo);
  }
  return result;
}

/** @param {Result} result */
function tell({ done, refused, fault }) {
  const more = refused.length > 3 ? [say("bulk_more", { n: refused.length - 3 })] : [];
  const words = [say("bulk_done", { n: done }), ...refused.slice(0, 3), ...more, fault];
  document.body.dispatchEvent(new CustomEvent("case-written"));
  return words.filter(Boolean).join(" ");
}

/** @param {string} address @param {Record<string, string>} fields @param {string[]} cases @param {string} words */
function offer(address, fields, cases, words) {
  const button = make("button", { type: "button", class: "btn btn-quiet btn-s" }, say("undo"));
  const bar = make("div", { class: "undo", "data-testid": "bulk-undo" }, make("span", { class: "undo-text" }, words), button);
  const timer = window.setTimeout(() => bar.remove(), STAYS_MS);
  button.addEventListener("click", async () => {
    window.clearTimeout(timer);
    button.disabled = true;
    const result = await run(address, fields, cases);
    bar.remove();
    toast(tell(result), result.fault ? "bad" : "good");
  });
  document.getElementById("toasts")?.append(bar);
}

each("form#bulk", (element) => {
  const form = /** @type {HTMLFormElement} */ (element);
  form.addEventListener("submit", async (event) => {
    const submitter = /** @type {HTMLButtonElement | null} */ (event.submitter);
    const verb = submitter?.name === "verb" ? submitter.value : "";
    if (!verb) return;
    event.preventDefault();
    const bar = /** @type {HTMLElement | null} */ (form.querySelector("[data-bulk]"));
    const count = bar?.querySelector("[data-bulk-count]");
    const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[data-row-check]:checked")]);
    const given = new FormData(form);
    const tag = String(given.get("tag") || "");
    const fields = { verb, ...(verb === "tag" ? { tag } : {}), ...(verb === "priority" ? { priority: String(given.get("priority")) } : {}) };
    bar?.setAttribute("aria-busy", "true");
    const result = await run(form.action, fields, boxes.map((box) => box.value), (done, of) => {
      if (count) count.replaceChildren(make("progress", { max: String(of), value: String(done) }), ` ${say("bulk_going", { n: done, of })}`);
    });
    bar?.removeAttribute("aria-busy");
    for (const box of boxes) if (box.checked && !result.left.includes(box.value)) box.click(); // what is left stays ticked
    if (count && result.left.length) count.textContent = say("bulk_left", { n: result.left.length });
    const words = tell(result);
    const back = { tag: { verb: "untag", tag }, priority: { verb: "weigh" } }[verb];
    if (back && result.undo.length) offer(form.action, back, result.undo, words);
    else toast(words, result.fault ? "bad" : "good");
  });
});
