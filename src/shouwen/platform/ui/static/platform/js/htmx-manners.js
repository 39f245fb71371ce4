/** How htmx behaves here: the CSRF token travels along, faults become toasts, a lost network is said. */
import { csrf } from "./page.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

document.addEventListener("htmx:configRequest", (event) => {
  const { headers, verb } = /** @type {CustomEvent} */ (event).detail;
  if (verb !== "get") headers["X-CSRFToken"] = csrf();
});

// A live update may take away the form that asked while its answer is under way, and htmx looks for the answer's
// place from that form on: such a form stands at the end of the page, unseen, until its answer has been put in.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = /** @type {CustomEvent<{ elt: HTMLElement }>} */ (event).detail;
  const keep = () => {
    if (elt.isConnected || elt.hasAttribute("data-live")) return;
    elt.hidden = true;
    elt.addEventListener("htmx:afterRequest", () => elt.remove(), { once: true });
    document.body.append(elt);
  };
  elt.addEventListener("htmx:beforeOnLoad", keep, { once: true });
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  // a fault says itself where it belongs; any other error answer must never replace part of the page
  if (detail.xhr.status >= 400 && detail.xhr.getResponseHeader("HX-Retarget")) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});

document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = /** @type {CustomEvent} */ (event).detail;
  let said = xhr.status === 403 ? word("denied") : word("failed");
  try {
    said = JSON.parse(xhr.responseText).detail || said;
  } catch {
    /* not a problem document */
  }
  toast(said, "bad");
});

document.addEventListener("htmx:sendError", () => toast(word("failed"), "bad"));
