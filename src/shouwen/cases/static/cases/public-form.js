/** A form open to everybody: shows the first fault, does the proof of work, and is sent once however often one clicks. */
import { each } from "../platform/js/page.js";
import { leadingZeros } from "./sha256.js";

const HASHES_AT_A_TIME = 2000; // between two of these the page draws and hears keys

/** @param {HTMLFormElement} form */
function showFirstFault(form) {
  const first = form.querySelector('[aria-invalid="true"], .has-error input, .has-error select, .has-error textarea, fieldset.has-error');
  const target = first || document.querySelector("[data-errors], #again");
  if (!(target instanceof HTMLElement)) return;
  if (target.tabIndex < 0 && !target.hasAttribute("tabindex")) target.tabIndex = -1;
  target.focus();
}

/** @param {number} ms */
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * The number that, after the stamp, hashes to enough leading zero bits.
 * @param {string} stamp
 * @param {number} bits
 */
async function work(stamp, bits) {
  for (let number = 0; ; number += 1) {
    if (leadingZeros(`${stamp}:${number}`) >= bits) return String(number);
    if (number % HASHES_AT_A_TIME === 0) await pause(0);
  }
}

each("form[data-shows-faults]", (form) => showFirstFault(/** @type {HTMLFormElement} */ (form)));

each("form[data-public-form]", (element) => {
  const form = /** @type {HTMLFormElement} */ (element);
  const opened = performance.now();
  const stamp = /** @type {HTMLInputElement} */ (form.elements.namedItem("stamp"));
  const proof = /** @type {HTMLInputElement} */ (form.elements.namedItem("proof"));
  const proved = work(stamp.value, Number(form.dataset.bits || 0)).then((number) => {
    proof.value = number;
  });
  let sending = false;
  history.replaceState(null, "", location.href); // reload and back open the form, and send nothing again
  showFirstFault(form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    const button = form.querySelector("[data-sending]");
    if (button instanceof HTMLElement) {
      button.setAttribute("aria-disabled", "true");
      const words = button.querySelector("span") || button;
      words.textContent = button.dataset.sending || words.textContent;
    }
    await proved; // nobody notices: it was done while they wrote
    await pause(Math.max(0, Number(form.dataset.least || 0) * 1000 + 200 - (performance.now() - opened)));
    form.submit();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload(); // back from the next page: a new stamp, an empty form
  });
});
