/** The workbench: list and case in place, live, by keyboard. Without it every control is an ordinary link or form. */
import "./rows.js";
import "./case.js";
import "./company.js";
import "./composer.js";
import "./bulk.js";
import "./inserts.js";
