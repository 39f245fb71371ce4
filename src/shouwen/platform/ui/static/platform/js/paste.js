/** Attachments by paste and drop: they go into the file input, so the form stays an ordinary form. */
import { each, make } from "./page.js";
import { word } from "./words.js";

/** @param {number} bytes */
function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @param {HTMLInputElement} input */
function draw(input) {
  const list = document.querySelector(`[data-files-for="${CSS.escape(input.id)}"]`);
  if (!list) return;
  list.replaceChildren(
    ...[...(input.files || [])].map((file, index) => {
      const drop = make("button", { type: "button", "aria-label": `${word("remove")} ${file.name}` }, "×");
      drop.addEventListener("click", () => put(input, [...(input.files || [])].filter((_, at) => at !== index)));
      return make("li", { class: "file-chip" }, `${file.name} · ${size(file.size)}`, drop);
    }),
  );
}

/** @param {HTMLInputElement} input @param {File[]} files */
function put(input, files) {
  const transfer = new DataTransfer();
  for (const file of input.multiple ? files : files.slice(-1)) transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** A pasted picture is called "image.png" by every browser: give it a name one can tell apart. @param {File} file */
function named(file) {
  if (file.name !== "image.png") return file;
  const stamp = new Date().toISOString().slice(0, 19).replace(/[-:T]/g, "");
  return new File([file], `screenshot-${stamp}.png`, { type: file.type });
}

each("[data-paste]", (element) => {
  const zone = /** @type {HTMLElement} */ (element);
  const input = document.getElementById(zone.dataset.paste || "");
  if (!(input instanceof HTMLInputElement)) return;
  const scope = zone.closest("form") || zone;
  const add = (/** @type {FileList} */ files) => put(input, [...(input.files || []), ...[...files].map(named)]);
  scope.addEventListener("paste", (event) => {
    const files = /** @type {ClipboardEvent} */ (event).clipboardData?.files;
    if (!files?.length) return;
    event.preventDefault();
    add(files);
  });
  scope.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("is-over");
  });
  scope.addEventListener("dragleave", () => zone.classList.remove("is-over"));
  scope.addEventListener("drop", (event) => {
    zone.classList.remove("is-over");
    const files = /** @type {DragEvent} */ (event).dataTransfer?.files;
    if (!files?.length) return;
    event.preventDefault();
    add(files);
  });
  input.addEventListener("change", () => draw(input));
});
