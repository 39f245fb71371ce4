/**
 * The hall: announces a called number to screen readers and, when somebody switched it on, aloud; prints a ticket;
 * brings the tablet back to the matters.
 */
const announcer = document.getElementById("hall-announcer");
const sound = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-sound]"));
/** @type {Set<string>} */
const told = new Set();

/** @returns {HTMLElement[]} */
function called() {
  return [...document.querySelectorAll('.hall-row[data-state="called"]')].map((row) => /** @type {HTMLElement} */ (row));
}

/** @param {string} sentence */
function say(sentence) {
  if (announcer) announcer.textContent = sentence;
  if (sound?.getAttribute("aria-pressed") !== "true" || !("speechSynthesis" in window)) return;
  const spoken = new SpeechSynthesisUtterance(sentence);
  spoken.lang = document.documentElement.lang === "en" ? "en" : "zh-CN";
  window.speechSynthesis.speak(spoken);
}

function look() {
  for (const row of called().reverse()) {
    const key = row.dataset.shout || "";
    if (told.has(key)) continue;
    told.add(key);
    say(row.querySelector("[data-said]")?.textContent || "");
  }
}

if (announcer) {
  for (const row of called()) told.add(row.dataset.shout || ""); // what stood here when the screen came on is old
  document.addEventListener("htmx:afterSettle", look);
  sound?.addEventListener("click", () => {
    const on = sound.getAttribute("aria-pressed") !== "true";
    sound.setAttribute("aria-pressed", String(on)); // browsers speak only after somebody pressed something
    const newest = called()[0]?.querySelector("[data-said]")?.textContent;
    if (on && newest) say(newest);
  });
}

document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
const back = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-back-after]"));
if (back) window.setTimeout(() => back.click(), Number(back.dataset.backAfter) * 1000);
