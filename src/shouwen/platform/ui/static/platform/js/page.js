/** Small ways of working with the page that every module needs. */

/**
 * Runs `fit` for each element matching `selector`, now and whenever a part of the page is replaced.
 * @template {Element} T
 * @param {string} selector
 * @param {(element: T) => void} fit
 */
export function each(selector, fit) {
  /** @type {WeakSet<Element>} */
  const done = new WeakSet();
  /** @param {Element | Document} root */
  const run = (root) => {
    const found = /** @type {T[]} */ ([...root.querySelectorAll(selector)]);
    if (root instanceof Element && root.matches(selector)) found.unshift(/** @type {any} */ (root));
    for (const element of found) {
      if (done.has(element)) continue;
      done.add(element);
      fit(element);
    }
  };
  run(document);
  document.addEventListener("htmx:load", (event) => run(/** @type {Element} */ (event.target)));
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | boolean | EventListener>} [given] attributes; a function is a listener for its name
 * @param {...(Node | string)} inside
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, given = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...inside);
  return element;
}

/** @returns {string} */
export function csrf() {
  return document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") || "";
}

/**
 * Says that nobody is signed in any more (401), or that this page is older than the sign-in (`X-Stale-Page`).
 * @param {Response} answer
 * @param {boolean} [act] a person waits for it
 */
export function heed(answer, act = false) {
  const stale = answer.status === 403 && answer.headers.has("X-Stale-Page");
  if (stale || answer.status === 401) document.dispatchEvent(new CustomEvent("signed-out", { detail: { stale, act } }));
}

/**
 * @param {string} url
 * @param {BodyInit} body
 * @param {string} [method]
 */
export async function send(url, body, method = "POST") {
  const keepalive = body instanceof URLSearchParams && body.toString().length < 60_000; // more than that no browser takes
  const answer = await fetch(url, { method, body, keepalive, headers: { "X-CSRFToken": csrf(), Accept: "application/json" }, credentials: "same-origin" });
  heed(answer);
  return answer;
}

/**
 * Whether the person is typing, so that single keys are letters.
 * @param {EventTarget | null} target
 */
export function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input") && !target.matches('[type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="file"]');
}

/** @param {Element} element */
export function isVisible(element) {
  return element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0;
}

/** Says `text` to a screen reader without moving anything. @param {string} text */
export function announce(text) {
  const region = document.getElementById("announcer");
  if (region) region.textContent = text;
}

/**
 * @template T
 * @param {string} key
 * @param {T} fallback
 * @returns {T}
 */
export function recall(key, fallback) {
  try {
    return JSON.parse(localStorage.getItem(key) || "null") ?? fallback;
  } catch {
    return fallback;
  }
}

/** @param {string} key @param {unknown} value */
export function remember(key, value) {
  try {
    localStorage.setItem(key, typeof value === "string" ? value : JSON.stringify(value));
  } catch {
    /* private mode */
  }
}
