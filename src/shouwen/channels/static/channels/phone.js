/**
 * The pop-up of a call. It comes by the live stream; while it shows something, the next page asks for it too.
 */
const KEPT = "shouwen-call";
const place = document.getElementById("call-here");

/** @param {boolean} shown */
function remember(shown) {
  try {
    if (shown) sessionStorage.setItem(KEPT, "1");
    else sessionStorage.removeItem(KEPT);
  } catch {
    // without storage the pop-up comes with the next event
  }
}

function wasShown() {
  try {
    return sessionStorage.getItem(KEPT) === "1";
  } catch {
    return false;
  }
}

if (place) {
  place.addEventListener("htmx:afterSwap", () => {
    if (!place.querySelector(".call-card")) place.replaceChildren(); // so that the empty place takes no room
    remember(Boolean(place.firstElementChild));
  });
  const look = () => wasShown() && /** @type {any} */ (window).htmx?.trigger(place, "look");
  if (document.readyState === "complete") look();
  else window.addEventListener("load", look);
}
