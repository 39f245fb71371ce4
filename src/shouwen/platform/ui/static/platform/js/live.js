/**
 * Live updates. The stream says what changed ("case:42"); elements that show it fetch their part again with the
 * person's own rights. On a lost connection a banner stands above the page and what was missed is caught up.
 */
import { announce } from "./page.js";
import { word } from "./words.js";

const PATIENCE_MS = 4000;
const GATHER_MS = 120;
const REMEMBERED_MS = 100_000; // the server remembers a little longer what stands in no event
const PASSING = /^(presence|typing|looking)/;
const meta = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="live"]'));

/** @type {EventSource | null} */
let stream = null;
let last = meta?.dataset.since || ""; // what happened since the page was drawn is caught up
let lostAt = 0;
let tries = 0;
/** @type {Set<string>} */
const waiting = new Set();
let gatherer = 0;
let begun = false; // htmx listens: what it is told before that is lost

/**
 * @param {string} topic
 * @param {(detail: any) => void} run
 */
export function on(topic, run) {
  document.addEventListener(`live:${topic}`, (event) => run(/** @type {CustomEvent} */ (event).detail));
}

/** What a token permits, without when it was made and signed. @param {string | undefined} token */
const permits = (token) => (token || "").split(":")[0];

/**
 * Listens with another token, for instance to the topics of a case that was opened in place. Nothing that happened is
 * missed: the new stream begins where the old one stood. A younger token for the same topics waits for the next time.
 * @param {string} token
 */
export function listen(token) {
  if (!meta) return;
  const same = permits(meta.dataset.token) === permits(token);
  meta.dataset.token = token;
  if (same) return;
  stream?.close();
  stream = null;
  connect();
}

/** Elements that ask the server just now, and which of those were told of a change meanwhile. */
/** @type {WeakSet<Element>} */
const asking = new WeakSet();
/** @type {WeakSet<Element>} */
const again = new WeakSet();

/** Fetches a part again; one under way may bring what was true before the change, so another follows it. @param {Element} element */
function fetchAgain(element) {
  if (asking.has(element)) again.add(element);
  else /** @type {any} */ (window).htmx?.trigger(element, "live");
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = /** @type {CustomEvent<{ elt: HTMLElement }>} */ (event).detail;
  if (event.defaultPrevented || !elt.hasAttribute("data-live")) return;
  asking.add(elt);
  /** @param {Event} said what is inside asks too, and is heard here */
  const mine = (said) => /** @type {CustomEvent} */ (said).detail.elt === elt;
  // somebody's own act drew this place anew meanwhile: an older answer has no place any more, a new one is asked for
  /** @param {Event} answered */
  const late = (answered) => {
    if (!mine(answered) || elt.isConnected) return;
    answered.preventDefault();
    again.add(elt);
  };
  /** @param {Event} answered */
  const done = (answered) => {
    if (!mine(answered)) return;
    elt.removeEventListener("htmx:beforeOnLoad", late);
    elt.removeEventListener("htmx:afterRequest", done);
    asking.delete(elt);
    if (!again.delete(elt)) return;
    const now = elt.isConnected ? elt : elt.id ? document.getElementById(elt.id) : null; // it may have drawn itself anew
    if (now) fetchAgain(now);
  };
  elt.addEventListener("htmx:beforeOnLoad", late);
  elt.addEventListener("htmx:afterRequest", done);
});

/** Refreshes once for many changes in a blink. */
function refresh() {
  gatherer = 0;
  const topics = new Set(waiting);
  waiting.clear();
  for (const element of document.querySelectorAll("[data-live]")) {
    const mine = (element.getAttribute("data-live") || "").split(/\s+/);
    const all = topics.has("*");
    if (all || mine.some((topic) => topics.has(topic))) fetchAgain(element);
  }
}

/** @param {any} detail @param {string[]} topics */
function tell(detail, topics) {
  for (const topic of topics) {
    document.dispatchEvent(new CustomEvent(`live:${topic}`, { detail }));
    // typing and looking are told to modules only: nothing on the server changed
    if (!PASSING.test(detail.kind || "")) waiting.add(topic);
  }
  document.dispatchEvent(new CustomEvent("live", { detail }));
  if (waiting.size && !gatherer) gatherer = window.setTimeout(refresh, GATHER_MS);
}

/** @param {boolean} lost */
function banner(lost) {
  const element = document.getElementById("connection");
  const text = element?.querySelector("[data-connection-text]");
  if (!element || !text || element.hidden === !lost) return;
  text.textContent = lost ? word("lost") : "";
  element.hidden = !lost;
  if (!lost) announce(word("back"));
}

function connect() {
  if (!meta || stream || !begun) return;
  const address = new URL(meta.content, location.href);
  address.searchParams.set("token", meta.dataset.token || "");
  if (last) address.searchParams.set("since", last);
  const opened = new EventSource(address);
  stream = opened;
  /** @param {MessageEvent} event */
  const heard = (event) => {
    if (event.lastEventId) last = event.lastEventId;
    let detail;
    try {
      detail = JSON.parse(event.data);
    } catch {
      return;
    }
    tell(detail, event.type === "reset" ? ["*"] : detail.topics || (detail.topic ? [detail.topic] : []));
  };
  opened.addEventListener("message", heard);
  opened.addEventListener("change", heard);
  opened.addEventListener("reset", heard);
  opened.addEventListener("open", () => {
    // what is only passing by, as reading is, nobody keeps for who comes back: modules ask for it themselves
    document.dispatchEvent(new Event("live:open"));
    // nobody can say what was missed without a known place in the stream, or of what stands in no event: refresh once
    if (lostAt && (!last || Date.now() - lostAt > REMEMBERED_MS)) tell({ kind: "reset" }, ["*"]);
    tries = 0;
    if (!navigator.onLine) return; // opened on its way out: the connection was lost after it
    lostAt = 0;
    banner(false);
  });
  opened.addEventListener("error", () => {
    lostAt = lostAt || Date.now();
    window.setTimeout(() => lostAt && banner(true), PATIENCE_MS);
    if (opened.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    stream = null;
    tries += 1;
    window.setTimeout(connect, Math.min(30000, 1000 * 2 ** tries));
  });
}

window.addEventListener("pagehide", () => {
  stream?.close();
  stream = null;
  lostAt = lostAt || Date.now(); // the browser may keep the page and show it again later
});
const begin = () => {
  begun = true;
  connect();
};
document.addEventListener("htmx:load", begin, { once: true });
window.addEventListener("pageshow", begin);
// the browser knows at once; the stream would notice only when its next word is overdue
const offline = () => {
  lostAt = lostAt || Date.now();
  banner(true);
};
window.addEventListener("offline", offline);
window.addEventListener("online", () => {
  stream?.close();
  stream = null;
  connect();
});
if (!navigator.onLine) offline();
