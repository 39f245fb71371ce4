/** The chat beside the composer: what the visitor does is shown, what we do is told to them. */
import { each, send } from "../platform/js/page.js";
import { on } from "../platform/js/live.js";

const TYPING_MS = 3000;
const SHOWN_MS = 6000;

/** @returns {HTMLElement | null} */
function desk() {
  return document.querySelector("[data-chat-desk]");
}

/** @param {Record<string, string>} values */
function tell(values) {
  const place = desk();
  if (place && place.hasAttribute("data-answers")) send(place.dataset.doing || "", new URLSearchParams(values)).catch(() => {});
}

/** @param {string} name @param {boolean} shown */
function reveal(name, shown) {
  const part = /** @type {HTMLElement | null} */ (desk()?.querySelector(`[data-chat-${name}]`) || null);
  if (part) part.hidden = !shown;
}

let told = 0;
/** Everything on the page has been seen by whoever answers. */
function seen() {
  const place = desk();
  if (!place || document.hidden) return;
  const last = Number(place.dataset.last || 0);
  if (last > told) {
    told = last;
    tell({ read: String(last) });
  }
}

/** How far each visitor has read; kept here, for the answer to a reply may be drawn before the reading and stand after it. */
/** @type {Map<string, number>} */
const readTo = new Map();
/** @param {HTMLElement} place */
function showRead(place) {
  const ours = Number(place.dataset.ours || 0);
  if (ours > 0 && (readTo.get(place.dataset.chatDesk || "") || 0) >= ours) reveal("read", true);
}

/** Until when each visitor counts as typing; kept here, for the line may be drawn again meanwhile. */
/** @type {Map<string, number>} */
const typingUntil = new Map();
/** @param {HTMLElement} place */
function showTyping(place) {
  const left = (typingUntil.get(place.dataset.chatDesk || "") || 0) - Date.now();
  reveal("typing", left > 0);
  if (left > 0) window.setTimeout(() => { const now = desk(); if (now) showTyping(now); }, left + 1);
}

/** @type {Set<string>} */
const heard = new Set();
each("[data-chat-desk]", (element) => {
  const place = /** @type {HTMLElement} */ (element);
  const subject = place.dataset.subject || "";
  told = 0;
  seen();
  showRead(place);
  showTyping(place);
  if (heard.has(subject)) return;
  heard.add(subject);
  on(subject, (detail) => {
    const now = desk();
    if (!now || detail.kind !== "typing.chat" || String(detail.chat) !== now.dataset.chatDesk) return;
    if (detail.typing) typingUntil.set(String(detail.chat), Date.now() + SHOWN_MS);
    showTyping(now);
    if (typeof detail.here === "boolean") {
      reveal("here", detail.here);
      reveal("away", !detail.here);
    }
    readTo.set(String(detail.chat), Math.max(Number(detail.read) || 0, readTo.get(String(detail.chat)) || 0));
    showRead(now);
  });
});

// what the visitor read while nobody listened here
document.addEventListener("live:open", () => {
  const place = document.getElementById("chat-desk");
  if (place?.querySelector("[data-chat-read][hidden]")) /** @type {any} */ (window).htmx?.trigger(place, "live");
});

let typedAt = 0;
document.addEventListener("input", (event) => {
  const area = event.target;
  if (!(area instanceof HTMLTextAreaElement) || area.id !== "reply-text" || !area.value.trim()) return;
  if (Date.now() - typedAt < TYPING_MS) return;
  typedAt = Date.now();
  tell({ typing: "1" });
});
document.addEventListener("visibilitychange", seen);
