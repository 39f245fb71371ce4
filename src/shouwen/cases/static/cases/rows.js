/**
 * The list. A row opens beside it; what happened since slides in without moving the row under the hand, and waits
 * behind a button while the pointer is on the list.
 */
import { add } from "../platform/js/hotkeys.js";
import { each } from "../platform/js/page.js";
import { say } from "./said.js";

const GATHER_MS = 400;
const HAND_MS = 4000;
const LEAST = 50;
const panes = /** @type {HTMLElement | null} */ (document.querySelector("[data-workbench]"));
const list = /** @type {HTMLElement | null} */ (document.getElementById("list"));
let timer = 0;
let handAt = 0;

/** @param {"views" | "list" | "detail"} name */
export function show(name) {
  if (panes) panes.dataset.show = name;
}

/** @returns {HTMLElement | null} */
function rows() {
  return document.getElementById("rows");
}

/** The case that stands in the detail pane. @returns {string} */
export function openCase() {
  return /** @type {HTMLElement | null} */ (document.querySelector("#detail .case"))?.dataset.case || "";
}

/** Marks the row of the open case. */
export function mark() {
  const open = openCase();
  for (const row of rows()?.querySelectorAll("[data-row]") || []) {
    const on = Boolean(open) && row instanceof HTMLElement && row.dataset.case === open;
    row.classList.toggle("is-selected", on);
    const link = row.querySelector(".irow-link");
    if (on) link?.setAttribute("aria-current", "true");
    else link?.removeAttribute("aria-current");
    if (row.classList.contains("is-gone") && !on) row.remove();
  }
}

/** @param {string} href @param {boolean} [push] */
export function open(href, push = true) {
  show("detail");
  const detail = document.getElementById("detail");
  detail?.classList.add("is-loading");
  /** @type {any} */ (window).htmx.ajax("GET", href, { target: "#detail", swap: "innerHTML" }).finally(() => detail?.classList.remove("is-loading"));
  if (push) history.pushState({ workbench: true }, "", href);
}

/** @param {MouseEvent} event */
function plain(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

/** @param {HTMLAnchorElement} link */
function openView(link) {
  const asked = new URL(link.href);
  if (!list) return;
  list.dataset.listUrl = `${new URL(list.dataset.listUrl || "/inbox/list/", location.href).pathname}${asked.search}`;
  for (const view of document.querySelectorAll("#views .view")) view.removeAttribute("aria-current");
  link.setAttribute("aria-current", "page");
  /** @type {any} */ (window).htmx.ajax("GET", list.dataset.listUrl, { target: "#list", swap: "innerHTML" });
  const here = openCase() ? `${location.pathname}${asked.search}` : `${asked.pathname}${asked.search}`;
  history.pushState({ workbench: true }, "", here);
  show("list");
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const link = /** @type {HTMLAnchorElement | null} */ (target?.closest("a") || null);
  if (!panes || !link || !plain(event)) return;
  const pane = link.dataset.showPane;
  if (link.matches(".irow-link, [data-case-link]")) open(link.href);
  else if (link.matches("#views .view")) openView(link);
  else if (pane && list?.querySelector(".list-head")) show(/** @type {any} */ (pane));
  else return;
  event.preventDefault();
});

// the counts mark the view that is shown now, not the one the page came with
document.addEventListener("htmx:configRequest", (event) => {
  const { elt, path } = /** @type {CustomEvent} */ (event).detail;
  if (elt.id !== "views" || !list) return;
  const shown = new URL(list.dataset.listUrl || "", location.href);
  /** @type {CustomEvent} */ (event).detail.path = `${path.split("?")[0]}${shown.search}`;
});

window.addEventListener("popstate", () => {
  if (!panes) return;
  if (location.pathname.startsWith("/cases/")) open(location.href, false);
  else location.reload();
});

/** @param {Element} row @returns {string} */
function face(row) {
  return row.querySelector(".irow-line")?.outerHTML + (row.querySelector(".irow-second")?.outerHTML || "") + row.className.replace(/is-(selected|at|new|gone|here)/g, "").trim();
}

/** @param {HTMLElement} old @param {HTMLElement} fresh */
function renew(old, fresh) {
  if (old.dataset.face === fresh.dataset.face) return;
  const held = old.contains(document.activeElement);
  const ticked = /** @type {HTMLInputElement | null} */ (old.querySelector("[data-row-check]"))?.checked;
  old.innerHTML = fresh.innerHTML;
  old.classList.toggle("is-unread", fresh.classList.contains("is-unread"));
  old.dataset.face = fresh.dataset.face || "";
  const box = /** @type {HTMLInputElement | null} */ (old.querySelector("[data-row-check]"));
  if (box && ticked) box.checked = true;
  if (held) /** @type {HTMLElement | null} */ (old.querySelector(".irow-link"))?.focus({ preventScroll: true });
}

/** @param {HTMLElement} here @param {HTMLElement} fresh */
function reconcile(here, fresh) {
  const scroller = here.closest(".pane") || document.documentElement;
  const known = new Map([...here.children].map((row) => [row.id, /** @type {HTMLElement} */ (row)]));
  const anchor = /** @type {HTMLElement | null} */ (here.querySelector(":focus-within, .is-at") || here.querySelector(".is-selected"));
  const top = anchor?.getBoundingClientRect().top || 0;
  const focused = document.activeElement;
  const wanted = [...fresh.children].filter((row) => row instanceof HTMLElement);
  const ids = new Set(wanted.map((row) => row.id));
  const order = [...here.children];
  let place = here.firstElementChild;
  for (const row of /** @type {HTMLElement[]} */ (wanted)) {
    const old = row.id ? known.get(row.id) : null;
    if (old) renew(old, row);
    else if (row.id) row.classList.add("is-new");
    const stands = old || row;
    if (stands === place) place = place.nextElementSibling;
    else here.insertBefore(stands, place);
  }
  for (const [id, row] of known) {
    if (ids.has(id)) continue;
    if (row.classList.contains("is-selected")) {
      row.classList.add("is-gone"); // no longer of this view, but under the hand: it stays where it is
      here.insertBefore(row, [...here.children].filter((other) => other !== row)[order.indexOf(row)] || null);
    } else row.remove();
  }
  if (focused instanceof HTMLElement && focused !== document.activeElement && here.contains(focused)) focused.focus({ preventScroll: true });
  if (anchor?.isConnected && scroller.scrollTop > 0) scroller.scrollTop += anchor.getBoundingClientRect().top - top;
  /** @type {any} */ (window).htmx.process(here);
  mark();
}

/** @param {HTMLElement} here @param {HTMLElement} fresh @returns {number} how many rows would change their place */
function moved(here, fresh) {
  const before = [...here.querySelectorAll("[data-row]")].map((row) => row.id);
  const after = [...fresh.querySelectorAll("[data-row]")].map((row) => row.id);
  return after.filter((id, index) => before[index] !== id).length;
}

async function refresh() {
  timer = 0;
  const here = rows();
  if (!list || !here || document.hidden) return;
  const address = new URL(list.dataset.listUrl || "", location.href);
  address.searchParams.set("part", "rows");
  address.searchParams.set("limit", String(Math.min(200, Math.max(LEAST, here.querySelectorAll("[data-row]").length))));
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return; // live.js catches up once the connection is back
  const box = document.createElement("template");
  box.innerHTML = await answer.text();
  const fresh = /** @type {HTMLElement | null} */ (box.content.getElementById("rows"));
  if (!fresh || !here.isConnected) return;
  for (const row of fresh.querySelectorAll("[data-row]")) if (row instanceof HTMLElement) row.dataset.face = face(row);
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-fresh]"));
  const news = moved(here, fresh);
  const apply = () => {
    if (button) button.hidden = true;
    const empty = here.parentElement?.querySelector(".rows-empty");
    if (empty && fresh.children.length) empty.remove();
    reconcile(here, fresh);
  };
  if (button && news && Date.now() - handAt < HAND_MS) {
    button.hidden = false;
    button.textContent = say("fresh");
    button.onclick = apply;
    timer = window.setTimeout(refresh, HAND_MS);
  } else apply();
}

export function soon() {
  if (!timer) timer = window.setTimeout(refresh, GATHER_MS);
}

/** After one's own deed nothing has to wait. */
function mine() {
  handAt = 0;
  soon();
}

list?.addEventListener("pointermove", () => (handAt = Date.now()));
list?.addEventListener("pointerleave", () => (handAt = 0));
document.addEventListener("live:inbox", (event) => {
  if (!/^presence/.test(/** @type {CustomEvent} */ (event).detail.kind || "")) soon();
});
document.addEventListener("visibilitychange", () => document.hidden || soon());
document.body.addEventListener("case-written", mine);
add("Enter", say("open"), () => {});
each("#rows", (found) => {
  for (const row of found.querySelectorAll("[data-row]")) if (row instanceof HTMLElement) row.dataset.face = face(row);
  mark();
});
