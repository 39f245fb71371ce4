/** Theme switch without a reload: the dark stylesheet's media attribute is the switch. */

const MEDIA = { light: "not all", dark: "all", system: "(prefers-color-scheme: dark)" };

/** @param {"light" | "dark" | "system"} theme */
export function show(theme) {
  document.documentElement.dataset.theme = theme;
  document.getElementById("dark")?.setAttribute("media", MEDIA[theme]);
  document.querySelector('meta[name="color-scheme"]')?.setAttribute("content", theme === "system" ? "light dark" : theme);
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (!form.matches("[data-theme-form]") || !button) return;
  event.preventDefault();
  show(/** @type {any} */ (button.value));
  for (const other of form.querySelectorAll("button")) other.toggleAttribute("aria-pressed", false);
  button.setAttribute("aria-pressed", "true");
  const body = new FormData(form, button);
  // the redirect is not followed: only the choice has to be kept
  fetch(form.action, { method: "POST", body, redirect: "manual", credentials: "same-origin" });
  form.closest("details")?.removeAttribute("open");
});
