/**
 * The reply field: what a customer could take amiss is underlined with a better wording one click away; a promise in
 * the text becomes a chip that is recorded with the reply. It advises, it never blocks.
 */
import { each, send } from "../platform/js/page.js";
import { say } from "./said.js";

const PAUSE_MS = 450;
const AGAIN_MS = 60000;
const MOST = 6;

/** @typedef {{ sort: string, start: number, end: number, insert_at: number | null, matched: string, label: string, reason: string, better: string | null, severity: string }} Remark */
/** @typedef {{ start: number, end: number, text: string, due: string, local: string, label: string, certain: boolean, outside: boolean, doubts?: string[], refuses?: boolean, proposal?: { local: string, label: string, n: number } | null }} Found */

each("form[data-reply]", (element) => {
  const form = /** @type {HTMLFormElement} */ (element);
  const area = /** @type {HTMLTextAreaElement | null} */ (form.querySelector("textarea[name=text]"));
  const mirror = form.querySelector("[data-mirror]");
  const list = form.querySelector("[data-check]");
  const chips = form.querySelector("[data-chips]");
  if (!area || !mirror || !list || !chips) return;
  /** @type {Set<string>} */
  const ignored = new Set();
  /** @type {Set<string>} */
  const refused = new Set();
  /** @type {Map<string, { local: string, label: string }>} */
  const changed = new Map();
  /** @type {Map<string, Found>} */
  let latest = new Map();
  let timer = 0;
  let asked = 0;

  /** @param {string} id */
  const clone = (id) => /** @type {HTMLElement} */ (/** @type {HTMLTemplateElement} */ (document.getElementById(id)).content.firstElementChild?.cloneNode(true));

  /** @param {Remark[]} remarks @param {Found[]} promises */
  const underline = (remarks, promises) => {
    const text = area.value;
    const taken = remarks.filter((one) => one.end > 0);
    const free = promises.filter((one) => taken.every((other) => one.end <= other.start || other.end <= one.start));
    const places = [...taken.map((one) => ({ ...one, kind: one.sort === "over_promise" ? "overpromise" : one.sort })), ...free.map((one) => ({ ...one, kind: "promise" }))].sort((one, other) => one.start - other.start);
    mirror.replaceChildren();
    let at = 0;
    for (const place of places) {
      if (place.start < at || place.end > text.length) continue;
      mirror.append(text.slice(at, place.start));
      const markup = document.createElement("mark");
      markup.className = `finding finding-${place.kind}`;
      markup.textContent = text.slice(place.start, place.end);
      mirror.append(markup);
      at = place.end;
    }
    mirror.append(`${text.slice(at)}\n`);
  };

  /** @param {Remark} remark */
  const better = (remark) => {
    if (remark.better === null) return;
    const [from, to] = remark.end > 0 ? [remark.start, remark.end] : [remark.insert_at ?? 0, remark.insert_at ?? 0];
    if (remark.end > 0 && area.value.slice(from, to) !== remark.matched) return;
    area.focus();
    area.setRangeText(remark.better, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    look();
  };

  /** @param {Remark[]} remarks */
  const advise = (remarks) => {
    const rows = remarks.slice(0, MOST).map((remark) => {
      const row = clone("finding-template");
      row.dataset.sort = remark.sort;
      if (remark.end > 0) row.dataset.words = remark.matched;
      row.querySelector("[data-matched]")?.append(remark.end > 0 ? `“${remark.matched}”` : remark.label);
      row.querySelector("[data-reason]")?.append(remark.reason);
      const button = /** @type {HTMLButtonElement} */ (row.querySelector("[data-better]"));
      if (remark.better === null) button.remove();
      else {
        button.append(remark.end > 0 ? `“${remark.better.trim()}”` : say("insert", { text: remark.better.trim().slice(0, 40) }));
        button.addEventListener("click", () => better(remark));
      }
      row.querySelector("[data-ignore]")?.addEventListener("click", () => {
        ignored.add(`${remark.sort} ${remark.matched}`);
        look();
      });
      return row;
    });
    list.replaceChildren(...rows);
  };

  /** @param {HTMLElement} chip @param {Found} found @param {string} local @param {string} label */
  const time = (chip, found, local, label) => {
    const due = /** @type {HTMLInputElement} */ (chip.querySelector("[name=promise_due]"));
    due.value = local;
    const shown = chip.querySelector("[data-due]");
    if (shown) shown.textContent = label;
    chip.classList.toggle("is-doubtful", found.outside || !found.certain);
    if (found.outside) chip.title = say("outside");
    weigh(chip, found);
  };

  /** What speaks against the promise is said on its chip, and the time that such work really takes. */
  /** @param {HTMLElement} chip @param {Found} found */
  const weigh = (chip, found) => {
    const doubts = /** @type {HTMLElement} */ (chip.querySelector("[data-doubts]"));
    doubts.textContent = (found.doubts || []).join(" ");
    doubts.hidden = !found.doubts?.length;
    chip.classList.toggle("is-refused", Boolean(found.refuses));
    const offer = /** @type {HTMLElement} */ (chip.querySelector("[data-proposal]"));
    offer.hidden = !found.proposal || !found.doubts?.length || changed.get(found.text)?.local === found.proposal.local;
    const until = chip.querySelector("[data-proposal-due]");
    if (until && found.proposal) until.textContent = found.proposal.label;
  };

  /** @param {Found[]} promises */
  const offer = (promises) => {
    const wanted = promises.filter((one) => !refused.has(one.text));
    latest = new Map(wanted.map((one) => [one.text, one]));
    const known = new Map([...chips.children].map((chip) => [/** @type {HTMLElement} */ (chip).dataset.text, /** @type {HTMLElement} */ (chip)]));
    const stands = wanted.map((one) => {
      const old = known.get(one.text);
      const kept = changed.get(one.text);
      const chip = old || clone("chip-template");
      if (!chip.contains(document.activeElement)) time(chip, one, kept?.local || one.due, kept?.label || one.label);
      if (old) return chip;
      chip.dataset.text = one.text;
      chip.querySelector("[data-text]")?.append(one.text);
      /** @type {HTMLInputElement} */ (chip.querySelector("[name=promise_text]")).value = one.text;
      const edit = /** @type {HTMLInputElement} */ (chip.querySelector("[data-edit-due]"));
      const change = /** @type {HTMLButtonElement} */ (chip.querySelector("[data-change]"));
      change.addEventListener("click", () => {
        edit.value = changed.get(one.text)?.local || one.local;
        edit.hidden = false;
        change.hidden = true;
        edit.focus();
      });
      edit.addEventListener("change", () => {
        if (!edit.value) return;
        const label = edit.value.slice(5).replace("T", " ");
        changed.set(one.text, { local: edit.value, label });
        time(chip, one, edit.value, label);
        look();
      });
      chip.querySelector("[data-proposal]")?.addEventListener("click", () => {
        const wanted = latest.get(one.text)?.proposal;
        if (!wanted) return;
        changed.set(one.text, { local: wanted.local, label: wanted.label });
        time(chip, one, wanted.local, wanted.label);
        look();
      });
      edit.addEventListener("blur", () => {
        edit.hidden = true;
        change.hidden = false;
      });
      chip.querySelector("[data-remove]")?.addEventListener("click", () => {
        refused.add(one.text);
        chip.remove();
        area.focus();
      });
      return chip;
    });
    chips.replaceChildren(...stands);
  };

  async function look() {
    window.clearTimeout(timer);
    timer = 0;
    if (!form.isConnected) return;
    const text = area?.value || "";
    asked += 1;
    const mine = asked;
    if (!text.trim() || /^\s*\/\S*$/.test(text)) {
      underline([], []);
      advise([]);
      offer([]);
      return;
    }
    const asking = new URLSearchParams({ text });
    for (const [words, { local }] of changed) {
      asking.append("changed_text", words);
      asking.append("changed_due", local);
    }
    const answer = await send(form.dataset.checkUrl || "", asking).catch(() => null);
    if (!answer?.ok || mine !== asked || text !== area?.value) return;
    const { remarks, promises } = await answer.json();
    const shown = remarks.filter((/** @type {Remark} */ one) => !ignored.has(`${one.sort} ${one.matched}`));
    underline(shown, promises);
    advise(shown);
    offer(promises);
  }

  /** What no longer stands in the text is gone at once: sending must record no promise the customer does not read. */
  const prune = () => {
    for (const chip of [...chips.children]) {
      if (!area.value.includes(/** @type {HTMLElement} */ (chip).dataset.text || "")) chip.remove();
    }
    for (const row of [...list.children]) {
      const { words } = /** @type {HTMLElement} */ (row).dataset;
      if (words && !area.value.includes(words)) row.remove();
    }
  };

  area.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, PAUSE_MS);
    prune();
    if (mirror.textContent?.slice(0, -1) !== area.value) underline([], []);
  });
  area.addEventListener("scroll", () => (mirror.scrollTop = area.scrollTop));
  const again = window.setInterval(() => {
    if (!form.isConnected) window.clearInterval(again);
    else if (chips.children.length) look(); // "in ten minutes" counts from the sending, not from the writing
  }, AGAIN_MS);
  document.addEventListener("live:open", () => form.isConnected && area.value.trim() && look()); // what was written without a connection
  if (area.value.trim()) look();
});
