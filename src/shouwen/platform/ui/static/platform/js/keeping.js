/** What was typed, kept in this tab for the person who typed it, until its form takes it back. */

/** @typedef {{ action: string, user: string, at: number, fields: [string, string][], through?: boolean }} Kept */

const STORE = "kept";
const SENT = "sent";
const LONGEST_MS = 3600_000;
const me = document.querySelector('meta[name="actor"]')?.getAttribute("content") || "";

/** @template T @param {string} name @param {T} fallback @returns {T} */
function read(name, fallback) {
  try {
    return JSON.parse(sessionStorage.getItem(name) || "null") ?? fallback;
  } catch {
    return fallback;
  }
}

/** @param {string} name @param {unknown} value */
function write(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    /* private mode, or full */
  }
}

/** @param {HTMLFormElement} form @returns {string} */
function place(form) {
  return new URL(form.getAttribute("action") || location.href, location.href).pathname;
}

/** @param {HTMLFormElement} form @returns {Kept | null} null where nothing was typed */
function taken(form) {
  const typed = [...form.elements].some((one) => (one instanceof HTMLTextAreaElement || (one instanceof HTMLInputElement && /^(text|email|tel|search|url|number|date.*)$/.test(one.type))) && one.value.trim() !== one.defaultValue.trim());
  if (!typed || form.dataset.autosave || form.querySelector("[type=password]")) return null; // drafts see to themselves
  const fields = /** @type {[string, string][]} */ ([...new FormData(form)].filter(([name, value]) => typeof value === "string" && !/^(csrfmiddlewaretoken|next)$/.test(name)));
  return { action: place(form), user: me, at: Date.now(), fields };
}

/** Keeps what stands in every form of this page. */
export function keep() {
  const found = [...document.querySelectorAll('form[method="post"]')].map((form) => taken(/** @type {HTMLFormElement} */ (form))).filter((one) => one !== null);
  const others = read(STORE, /** @type {Kept[]} */ ([])).filter((old) => found.every((one) => one.action !== old.action));
  if (found.length) write(STORE, [...others, ...found]);
}

/** A form is on its way. @param {HTMLFormElement} form */
export function sent(form) {
  const one = taken(form);
  if (one) write(SENT, one);
}

/** @param {HTMLFormElement} form @param {[string, string][]} fields */
function fill(form, fields) {
  const left = new Map();
  for (const [name, value] of fields) left.set(name, [...(left.get(name) || []), value]);
  for (const one of form.elements) {
    if (!(one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement) || !left.has(one.name)) continue;
    const values = left.get(one.name);
    if (one instanceof HTMLInputElement && /^(checkbox|radio)$/.test(one.type)) one.checked = values.includes(one.value);
    else if (one.type !== "hidden" && one.type !== "file") one.value = values.shift() ?? one.value;
  }
  for (const area of form.querySelectorAll("textarea")) area.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Puts back what was kept for this form. @param {HTMLFormElement} form @returns {boolean} whether there was something */
export function kept(form) {
  const all = read(STORE, /** @type {Kept[]} */ ([]));
  const mine = all.find((one) => one.action === place(form) && one.user === me && Date.now() - one.at < LONGEST_MS);
  if (!mine || !me) return false;
  write(STORE, all.filter((one) => one !== mine));
  fill(form, mine.fields);
  return true;
}

// an ordinary form that led to the sign-in page was refused; any other page means that it was taken
const way = read(SENT, /** @type {Kept | null} */ (null));
if (way && !me && document.querySelector('input[type="password"]')) write(SENT, { ...way, through: true });
else if (way && me) {
  if (way.through) write(STORE, [...read(STORE, /** @type {Kept[]} */ ([])), way]);
  write(SENT, null);
}
