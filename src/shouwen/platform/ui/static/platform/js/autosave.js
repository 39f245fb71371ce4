/** Drafts: a changed form is saved on the server every few seconds, and says so. */
import { each, send } from "./page.js";
import { word } from "./words.js";

each("form[data-autosave]", (element) => {
  const form = /** @type {HTMLFormElement} */ (element);
  const wait = Number(form.dataset.autosaveSeconds || 3) * 1000;
  let timer = 0;
  let kept = snapshot();
  let busy = false;
  let sent = false; // what has been sent is no draft any more

  /** @returns {string} */
  function snapshot() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (name !== "csrfmiddlewaretoken" && typeof value === "string") fields.append(name, value);
    }
    return fields.toString();
  }
  /** @param {string} text */
  const say = (text) => {
    const place = form.querySelector("[data-autosave-state]");
    if (place) place.textContent = text;
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
      const clock = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
      say(`${word("saved")} ${clock}`);
      form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true }));
    } catch {
      say(word("save_failed"));
      timer = window.setTimeout(save, wait * 2);
    } finally {
      busy = false;
      if (!timer && !sent && snapshot() !== kept) timer = window.setTimeout(save, wait);
    }
  };
  form.addEventListener("input", () => {
    say(word("unsaved"));
    if (!timer) timer = window.setTimeout(save, wait);
  });
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    sent = true;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (detail.elt === form && !detail.successful) sent = false;
  });
  form.addEventListener("focusout", save);
  document.addEventListener("visibilitychange", () => document.hidden && form.isConnected && save());
  window.addEventListener("beforeunload", () => form.isConnected && save());
});
