/** The words modules say, given by the page in its own language. */

/** @type {Record<string, string>} */
let known = {};
try {
  known = JSON.parse(document.getElementById("ui-words")?.textContent || "{}");
} catch {
  known = {};
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} [values] put in for {name}
 * @returns {string}
 */
export function word(name, values = {}) {
  let text = known[name] ?? name;
  for (const [key, value] of Object.entries(values)) text = text.replace(`{${key}}`, String(value));
  return text;
}
