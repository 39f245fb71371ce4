/** Clock chips tick. The text has a fixed width (tabular figures, minimum width), so nothing moves. */
import { word } from "./words.js";

/**
 * @param {number} seconds from now until due; negative when over
 * @returns {string}
 */
export function spell(seconds) {
  const left = Math.abs(seconds);
  let text;
  if (left >= 86400 * 2) text = word("days", { n: Math.floor(left / 86400) });
  else if (left >= 5400) text = word("hours", { n: Math.floor(left / 3600) });
  else if (left >= 60) text = word("minutes", { n: Math.floor(left / 60) });
  else text = word("seconds", { n: Math.floor(left) });
  return seconds < 0 ? word("over", { t: text }) : text;
}

/** @param {number} now milliseconds */
function tick(now) {
  for (const element of document.querySelectorAll("time[data-countdown]")) {
    const time = /** @type {HTMLTimeElement} */ (element);
    const seconds = (Date.parse(time.dateTime) - now) / 1000;
    if (Number.isNaN(seconds)) continue;
    const text = spell(seconds);
    if (time.textContent !== text) time.textContent = text;
    const chip = time.closest(".clock");
    if (!chip || chip.matches(".clock-paused, .clock-done")) continue;
    const red = seconds <= 0 || (time.dataset.red && now >= Date.parse(time.dataset.red));
    const amber = time.dataset.amber && now >= Date.parse(time.dataset.amber);
    if (red && !chip.classList.contains("clock-red")) {
      chip.classList.remove("clock-grey", "clock-amber");
      chip.classList.add("clock-red");
    } else if (amber && chip.classList.contains("clock-grey")) {
      chip.classList.replace("clock-grey", "clock-amber");
    }
  }
}

tick(Date.now());
window.setInterval(() => document.hidden || tick(Date.now()), 1000);
document.addEventListener("visibilitychange", () => document.hidden || tick(Date.now()));
document.addEventListener("htmx:afterSettle", () => tick(Date.now()));
