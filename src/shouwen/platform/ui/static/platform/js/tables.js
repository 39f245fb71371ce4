/**
 * A wide table on a phone: each row becomes a block, and each of its cells says the name of its column.
 * The style sheet decides at which width; without this module the table scrolls sideways.
 */
import { each } from "./page.js";

const FEWEST = 4; // columns; narrower tables fit

each(".table-wrap > .table", (element) => {
  const table = /** @type {HTMLTableElement} */ (element);
  const heads = [...(table.tHead?.rows[0]?.cells || [])];
  if (heads.length < FEWEST || table.querySelector("tbody [colspan], tbody [rowspan]")) return;
  table.classList.add("is-stacked");
  table.setAttribute("role", "table"); // a table that is not shown as one would lose its meaning
  table.tBodies[0].setAttribute("role", "rowgroup");
});

each(".table.is-stacked > tbody > tr", (element) => {
  const row = /** @type {HTMLTableRowElement} */ (element);
  const heads = [...(row.closest("table")?.tHead?.rows[0]?.cells || [])];
  row.setAttribute("role", "row");
  for (const cell of row.cells) {
    cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
    const head = heads[cell.cellIndex];
    const name = head?.querySelector(".visually-hidden") ? "" : head?.textContent?.trim() || "";
    if (cell.cellIndex && name) cell.dataset.label = name;
    cell.classList.toggle("is-bare", !cell.textContent?.trim() && !cell.querySelector("img, svg, input, a, button"));
  }
});
