// How long a message is while it is being written, in the measure of its channel. Works on every form with [data-rooms].

/** The short-message alphabet of 3GPP TS 23.038; two septets for what follows an escape. */
const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
const EXTENDED = new Set("\f^{}\\[~]|€");

/** @param {string} text @returns {[number, number]} units and parts */
function sms(text) {
  const plain = [...text].every((c) => BASIC.has(c) || EXTENDED.has(c));
  const units = plain ? [...text].reduce((sum, c) => sum + (EXTENDED.has(c) ? 2 : 1), 0) : text.length;
  const [one, part] = plain ? [160, 153] : [70, 67];
  return [units, units <= one ? 1 : Math.ceil(units / part)];
}

/** @param {string} text @param {string} unit @returns {[number, number]} what is shown, and what counts */
function measured(text, unit) {
  if (unit === "sms") return sms(text);
  const size = unit === "bytes" ? new TextEncoder().encode(text).length : [...text].length;
  return [size, size];
}

/** @param {HTMLElement} rooms */
function show(rooms) {
  const form = rooms.closest("form");
  const area = /** @type {HTMLTextAreaElement | null} */ (form?.querySelector("textarea[name=text]"));
  const way = /** @type {HTMLSelectElement | null} */ (form?.querySelector("select[name=channel]"));
  if (!area) return;
  for (const room of /** @type {NodeListOf<HTMLElement>} */ (rooms.querySelectorAll("[data-room]"))) {
    room.hidden = room.dataset.room !== (way?.value ?? "");
    const count = /** @type {HTMLElement | null} */ (room.querySelector("[data-room-count]"));
    if (!count || room.hidden) continue;
    const [shown, counts] = measured(area.value.replace(/\r\n/g, "\n"), room.dataset.unit ?? "");
    const most = Number(room.dataset.most);
    const text = (counts > most ? room.dataset.over : room.dataset.count) ?? "";
    count.textContent = text.replace("{n}", String(shown)).replace("{parts}", String(counts)).replace("{over}", String(counts - most));
    room.classList.toggle("is-over", counts > most);
  }
}

/** @param {Event} event */
function follow(event) {
  const form = event.target instanceof Element ? event.target.closest("form") : null;
  const rooms = /** @type {HTMLElement | null} */ (form?.querySelector("[data-rooms]") ?? null);
  if (rooms) show(rooms);
}

const all = () => document.querySelectorAll("[data-rooms]").forEach((rooms) => show(/** @type {HTMLElement} */ (rooms)));
document.addEventListener("input", follow);
document.addEventListener("change", follow);
document.addEventListener("htmx:load", all);
all();
