/** Words of this page, given by the server in the reader's language. */
/** @type {Record<string, string>} */
let words = {};

/**
 * @param {string} name
 * @param {Record<string, string | number>} [gaps]
 * @returns {string}
 */
export function say(name, gaps = {}) {
  if (!Object.keys(words).length) words = JSON.parse(document.getElementById("workbench-words")?.textContent || "{}");
  return Object.entries(gaps).reduce((text, [gap, value]) => text.replace(`{${gap}}`, String(value)), words[name] || name);
}
