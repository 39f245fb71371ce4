/**
 * Drafts: a changed form is saved on the server every few seconds, and says so. What the server could not take (no
 * connection, signed out) stays in this browser for who typed it, until the form stands there again.
 */
import { each, recall, remember, send } from "./page.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

const LONGEST_MS = 7 * 86400_000;
const me = document.querySelector('meta[name="actor"]')?.getAttribute("content") || "";

/** @param {string} name */
function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    /* private mode */
  }
}

each("form[data-autosave]", (element) => {
  const form = /** @type {HTMLFormElement} */ (element);
  const wait = Number(form.dataset.autosaveSeconds || 3) * 1000;
  const local = `draft ${me} ${form.dataset.autosave}`;
  let timer = 0;
  let kept = snapshot(); // what the server has
  let busy = false;
  let sent = false; // what has been sent is no draft any more
  let leaving = false; // the next page may be drawn before the server has the draft: this browser hands it over

  /** @returns {string} */
  function snapshot() {
    const fields = new URLSearchParams();
    // what the page itself adds and moves on, as a promise found in the text, is nobody's typing: a page that was
    // only looked at must not put its old text over a newer draft when it is left
    const apart = new Set([...form.querySelectorAll("[data-not-typed] [name]")].map((field) => field.getAttribute("name")));
    for (const [name, value] of new FormData(form)) {
      if (name !== "csrfmiddlewaretoken" && !apart.has(name) && typeof value === "string") fields.append(name, value);
    }
    return fields.toString();
  }
  /** @param {string} text */
  const say = (text) => {
    const place = form.querySelector("[data-autosave-state]");
    if (place) place.textContent = text;
  };
  const keepHere = () => {
    if (me && !sent && form.isConnected && snapshot() !== kept) remember(local, { at: Date.now(), base: kept, fields: snapshot() });
  };
  const save = async () => {
    window.clearTimeout(timer);
    timer = 0;
    const now = snapshot();
    if (busy || sent || now === kept) return;
    busy = true;
    say(word("saving"));
    try {
      const answer = await send(form.dataset.autosave || "", new URLSearchParams(now), (form.dataset.autosaveMethod || "post").toUpperCase());
      if (!answer.ok) throw new Error(String(answer.status));
      kept = now;
      if (!leaving) forget(local);
      const clock = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
      say(`${word("saved")} ${clock}`);
      form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true }));
    } catch {
      keepHere();
      say(word("save_failed"));
      timer = window.setTimeout(save, wait * 2);
    } finally {
      busy = false;
      if (!timer && !sent && snapshot() !== kept) timer = window.setTimeout(save, wait);
    }
  };
  /** Text the server never got comes back; where the server has got another one meanwhile, below it. */
  const putBack = () => {
    /** @type {{ at: number, base: string, fields: string } | null} */
    const old = recall(local, null);
    if (!old || !me) return;
    forget(local);
    if (Date.now() - old.at > LONGEST_MS) return;
    const before = new URLSearchParams(old.base);
    const fields = new URLSearchParams(old.fields);
    for (const area of form.querySelectorAll("textarea")) {
      const text = fields.get(area.name) || "";
      if (!text.trim() || area.value.includes(text)) continue;
      const newer = area.value.trim() && area.value.trim() !== (before.get(area.name) || "").trim() && !text.includes(area.value.trim());
      area.value = newer ? `${area.value}\n\n${text}` : text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      toast(word("draft_back"), "info");
    }
  };
  form.addEventListener("input", () => {
    leaving = false;
    say(word("unsaved"));
    if (!timer) timer = window.setTimeout(save, wait);
  });
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    sent = true;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (detail.elt !== form) return;
    if (detail.successful) {
      forget(local);
      return;
    }
    sent = false;
    keepHere();
  });
  form.addEventListener("focusout", save);
  document.addEventListener("live:open", () => form.isConnected && save()); // connected again: no waiting for the next try
  document.addEventListener("signed-out", keepHere);
  document.addEventListener("visibilitychange", () => document.hidden && form.isConnected && save());
  window.addEventListener("pagehide", keepHere);
  window.addEventListener("beforeunload", () => {
    keepHere();
    leaving = true;
    if (form.isConnected) save();
  });
  putBack();
});

// who signs out leaves nothing typed behind
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!/\/logout\/?$/.test(new URL(form.action, location.href).pathname)) return;
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith("draft ")) localStorage.removeItem(name);
    sessionStorage.removeItem("kept");
  } catch {
    /* private mode */
  }
});
