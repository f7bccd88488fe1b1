// Steps through the highlighted quotes of a source by buttons, and by the keys n and p unless a reader turns them off.

const controls = document.querySelector(".quote-steps");
const labels = [...document.querySelectorAll(".quote-label")];

function step(by) {
  const current = labels.indexOf(document.activeElement);
  const next = current >= 0 ? labels[current + by] : nearest(by);
  if (next) {
    next.scrollIntoView({ block: "center" });
    next.focus({ preventScroll: true });
    history.replaceState(history.state, "", `#${next.id}`);
  }
}

// The first quote below the middle of the window, or the last one above it.
function nearest(by) {
  const middle = window.innerHeight / 2;
  const isBelow = (label) => label.getBoundingClientRect().top > middle;
  return by > 0 ? labels.find(isBelow) ?? labels.at(-1) : labels.findLast((label) => !isBelow(label)) ?? labels[0];
}

function isTyping(target) {
  return target.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");
}

if (controls && labels.length > 1) {
  controls.hidden = false;
  const keysAreOn = controls.querySelector("input");
  controls.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) {
      step(Number(button.dataset.step));
    }
  });
  document.addEventListener("keydown", (event) => {
    const by = { n: 1, p: -1 }[event.key];
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
    if (by && keysAreOn.checked && !hasModifier && !isTyping(event.target)) {
      event.preventDefault();
      step(by);
    }
  });
}
