/** Tells the others that I look at a thing or write to it: every 20 seconds, and not while the page is hidden. */
import { each, send } from "./page.js";

const BEAT_MS = 20000;
const TYPING_MS = 4000;

each("[data-presence-beat]", (element) => {
  const place = /** @type {HTMLElement} */ (element);
  let typedAt = 0;
  let said = "";
  const beat = () => {
    if (document.hidden || !place.isConnected) return;
    said = Date.now() - typedAt < TYPING_MS * 2 ? "typing" : "looking";
    const body = new URLSearchParams({ on: place.dataset.presenceSubject || "", doing: said });
    send(place.dataset.presenceBeat || "", body).catch(() => {});
  };
  place.addEventListener("input", (event) => {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    const pause = Date.now() - typedAt;
    typedAt = Date.now();
    if (said !== "typing" || pause > TYPING_MS) beat();
  });
  const timer = window.setInterval(() => (place.isConnected ? beat() : window.clearInterval(timer)), BEAT_MS);
  document.addEventListener("visibilitychange", beat);
  beat();
});
