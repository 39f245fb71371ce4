/** Dialogs: openers, closers, questions before a grave step, and pages opened as a dialog. */
import { each, heed, make } from "./page.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

/** @param {string} id @returns {boolean} whether there is such a dialog */
export function show(id) {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement)) return false;
  if (!dialog.open) dialog.showModal();
  return true;
}

/**
 * Asks a yes-or-no question; resolves to true on yes.
 * @param {string} sentence
 * @param {string} [yes]
 * @returns {Promise<boolean>}
 */
export function ask(sentence, yes = word("ask_yes")) {
  return new Promise((resolve) => {
    const form = make(
      "form",
      { method: "dialog", class: "actions actions-end" },
      make("button", { class: "btn btn-quiet", value: "no" }, word("cancel")),
      make("button", { class: "btn btn-primary", value: "yes", autofocus: true }, yes),
    );
    const body = make("div", { class: "dialog-body" }, make("p", { class: "dialog-text", id: "ask-text" }, sentence), form);
    const dialog = make("dialog", { class: "dialog dialog-s dialog-ask", "aria-labelledby": "ask-text" }, body);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const opener = target?.closest("[data-opens]");
  if (opener && show(opener.getAttribute("data-opens") || "")) event.preventDefault();
  const closer = target?.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();
  if (target instanceof HTMLDialogElement && target.open) target.close(); // a click on the veil
});

each("dialog.dialog", (element) => {
  if (element.querySelector(".has-error")) show(element.id);
});

document.addEventListener(
  "submit",
  async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const asker = event.submitter?.closest("[data-confirm]") || form.closest("[data-confirm]");
    if (!asker || form.dataset.confirmed === "yes") {
      delete form.dataset.confirmed;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = /** @type {HTMLElement | null} */ (event.submitter);
    if (!(await ask(asker.getAttribute("data-confirm") || ""))) return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(button);
  },
  true,
);

document.addEventListener("click", async (event) => {
  const link = event.target instanceof Element ? /** @type {HTMLAnchorElement | null} */ (event.target.closest("a[data-opens-remote]")) : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" }).catch(() => null);
  if (!answer) {
    toast(word("failed"), "bad");
    return;
  }
  if (answer.status === 401) {
    heed(answer, true);
    return;
  }
  if (!answer.ok) {
    location.assign(link.href);
    return;
  }
  const title = make("h2", { class: "dialog-title", id: "remote-title" }, link.getAttribute("data-title") || link.textContent?.trim() || "");
  const close = make("button", { type: "button", class: "btn-icon", "data-closes": true, "aria-label": word("close") }, "×");
  const body = make("div", { class: "dialog-body" });
  body.innerHTML = await answer.text();
  const dialog = make("dialog", { class: "dialog", "aria-labelledby": "remote-title" }, make("header", { class: "dialog-head" }, title, close), body);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  /** @type {any} */ (window).htmx?.process(dialog);
  dialog.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true })); // its fields get their manners too
  dialog.showModal();
});
