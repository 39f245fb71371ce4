/** Who else is here: on the rows of the list and beside the composer. Told by beats, forgotten by silence. */
import { csrf, each, make } from "../platform/js/page.js";
import { say } from "./said.js";

const STAYS_MS = { looking: 45000, typing: 12000 };
/** @typedef {{ name: string, doing: "looking" | "typing", until: number }} Guest */
/** @type {Map<number, Map<number, Guest>>} */
const cases = new Map();
const me = Number(/** @type {HTMLElement | null} */ (document.querySelector("[data-workbench]"))?.dataset.me || 0);

/** @param {number} id @param {"looking" | "typing"} doing @returns {string[]} */
function names(id, doing) {
  const now = Date.now();
  return [...(cases.get(id)?.values() || [])].filter((guest) => guest.doing === doing && guest.until > now).map((guest) => guest.name);
}

/** @param {number} id */
function draw(id) {
  const typing = names(id, "typing");
  const looking = names(id, "looking");
  const text = typing.length ? say("typing", { names: typing.join("、") }) : looking.length ? say("looking", { names: looking.join("、") }) : "";
  const row = document.getElementById(`case-${id}`);
  if (row) {
    row.classList.toggle("is-here", Boolean(text));
    row.querySelector(".irow-live")?.remove();
    if (text) row.querySelector("[data-last]")?.after(make("span", { class: "irow-last is-live irow-live" }, text));
  }
  const pane = document.querySelector(`.case[data-case="${id}"]`);
  if (pane) company(pane, typing, looking);
}

/** The line above the composer; what is read at the story's end stays in sight. @param {Element} pane @param {string[]} typing @param {string[]} looking */
function company(pane, typing, looking) {
  const line = /** @type {HTMLElement | null} */ (pane.querySelector("[data-others]"));
  const box = pane.querySelector("[data-story-scroll]");
  if (!line) return;
  const end = box && box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  for (const [name, present] of /** @type {[string, string[]][]} */ ([["typing", typing], ["looking", looking]])) {
    const part = /** @type {HTMLElement | null} */ (line.querySelector(`[data-others-${name}]`));
    const text = part?.querySelector("[data-others-text]");
    const said = present.length ? say(name, { names: present.join("、") }) : "";
    if (part) part.hidden = !said;
    if (text && text.textContent !== said) text.textContent = said;
  }
  line.hidden = !typing.length && !looking.length;
  if (end && box) box.scrollTop = box.scrollHeight;
}

/** @param {HTMLElement} pane @param {string} doing */
function beat(pane, doing) {
  const body = new URLSearchParams({ on: pane.dataset.presenceSubject || "", doing });
  fetch(pane.dataset.presenceBeat || "", { method: "POST", body, keepalive: true, headers: { "X-CSRFToken": csrf() }, credentials: "same-origin" }).catch(() => {});
}

/** @param {any} said */
function hear(said) {
  if (said.kind !== "presence" || said.user === me) return;
  const guests = cases.get(said.case) || new Map();
  cases.set(said.case, guests);
  const stranger = !guests.has(said.user);
  if (said.doing === "gone") guests.delete(said.user);
  else {
    const doing = said.doing === "typing" ? "typing" : "looking";
    guests.set(said.user, { name: said.name, doing, until: Date.now() + STAYS_MS[doing] });
    const pane = /** @type {HTMLElement | null} */ (document.querySelector(`.case[data-case="${said.case}"]`));
    if (stranger && pane) beat(pane, "looking"); // so that who has just come sees me too
  }
  draw(said.case);
}

document.addEventListener("live", (event) => hear(/** @type {CustomEvent} */ (event).detail));
window.setInterval(() => {
  const now = Date.now();
  for (const [id, guests] of cases) {
    for (const [user, guest] of guests) if (guest.until <= now) guests.delete(user);
    draw(id);
    if (!guests.size) cases.delete(id);
  }
}, 3000);

/** @type {HTMLElement | null} */
let last = null;
each(".case[data-presence-beat]", (element) => {
  const pane = /** @type {HTMLElement} */ (element);
  if (last && last.dataset.case !== pane.dataset.case) beat(last, "gone");
  last = pane;
  draw(Number(pane.dataset.case));
});
window.addEventListener("pagehide", () => last && beat(last, "gone"));
each("#rows", () => cases.forEach((_guests, id) => draw(id)));
