/** Words of this page, given by the server in the reader's language. */
/** @type {Record<string, any>} */
let words = {};

/** @returns {Record<string, any>} */
function known() {
  if (!Object.keys(words).length) words = JSON.parse(document.getElementById("workbench-words")?.textContent || "{}");
  return words;
}

/** What the page gives as a list. @param {string} name @returns {any[]} */
export function all(name) {
  return known()[name] || [];
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} [gaps]
 * @returns {string}
 */
export function say(name, gaps = {}) {
  return Object.entries(gaps).reduce((text, [gap, value]) => text.replace(`{${gap}}`, String(value)), known()[name] || name);
}
