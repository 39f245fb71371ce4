/* Runs before the first paint: what the person set last time stands at once, nothing jumps. */
(function () {
  var root = document.documentElement;
  root.dataset.js = "";
  try {
    if (localStorage.getItem("rail") === "narrow") root.dataset.rail = "narrow";
    var widths = JSON.parse(localStorage.getItem("panes") || "{}");
    Object.keys(widths).forEach(function (name) {
      if (/^--pane-[a-z]+$/.test(name)) root.style.setProperty(name, Number(widths[name]) + "px");
    });
  } catch (_) {
    /* private mode: defaults */
  }
})();
