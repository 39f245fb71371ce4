/**
 * The session has ended, or another window signed in anew: it is said with the way back, and nothing typed is lost.
 * What stands in the page's forms is kept in this tab and put back when the form is opened again.
 */
import { each, make } from "./page.js";
import { kept, keep, sent } from "./keeping.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

const banner = document.getElementById("signed-out");

/** @param {boolean} stale @returns {string} */
function way(stale) {
  const here = location.pathname + location.search;
  return stale ? here : `${banner?.dataset.signIn || "/"}?next=${encodeURIComponent(here)}`;
}

/** @param {boolean} stale */
function ask(stale) {
  const title = make("h2", { class: "dialog-title", id: "signed-out-title" }, word(stale ? "stale" : "signed_out"));
  const link = make("a", { class: "btn btn-primary", href: way(stale), autofocus: true }, word(stale ? "load_again" : "sign_in_again"));
  const later = make("button", { type: "button", class: "btn btn-quiet", "data-closes": true }, word("close"));
  const body = make("div", { class: "dialog-body" }, make("p", { class: "dialog-text" }, word("signed_out_kept")), make("div", { class: "actions" }, link, later));
  const dialog = make("dialog", { class: "dialog dialog-s", "aria-labelledby": "signed-out-title", "data-testid": "signed-out" }, make("header", { class: "dialog-head" }, title), body);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {{ stale: boolean, act: boolean }} how `act`: a person waits for the answer, so that it is said over all else */
function say({ stale, act }) {
  keep();
  if (!banner) return;
  const text = banner.querySelector("[data-signed-out-text]");
  const link = /** @type {HTMLAnchorElement | null} */ (banner.querySelector("a"));
  if (text) text.textContent = `${word(stale ? "stale" : "signed_out")} ${word("signed_out_kept")}`;
  if (link) {
    link.href = way(stale);
    link.textContent = word(stale ? "load_again" : "sign_in_again");
  }
  banner.hidden = false;
  const lost = document.getElementById("connection");
  if (lost) lost.hidden = true;
  if (act && !document.querySelector('[data-testid="signed-out"]')) ask(stale);
}

document.addEventListener("signed-out", (event) => say(/** @type {CustomEvent} */ (event).detail));
banner?.querySelector("a")?.addEventListener("click", (event) => {
  keep(); // what was typed since
  if (event.currentTarget instanceof HTMLAnchorElement) event.currentTarget.href = way(event.currentTarget.pathname === location.pathname);
});

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig, elt } = /** @type {CustomEvent} */ (event).detail;
  const stale = xhr.status === 403 && xhr.getResponseHeader("X-Stale-Page") !== null;
  if (xhr.status !== 401 && !stale) return;
  event.preventDefault();
  const byItself = requestConfig.verb === "get" && elt instanceof Element && elt.matches("[data-live], [hx-trigger*=load], [hx-trigger*=intersect]");
  say({ stale, act: !byItself });
});

// an ordinary form that ends on the sign-in page was not taken: it is filled again afterwards
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method === "post" && !event.defaultPrevented && !form.hasAttribute("hx-post")) sent(form);
});

each('form[method="post"]', (element) => {
  if (kept(/** @type {HTMLFormElement} */ (element))) toast(word("put_back"), "info");
});
