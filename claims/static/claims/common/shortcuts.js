// A key does what stands beside it: <kbd data-key="n" data-press="#next">n</kbd> presses #next. Only what is on the page.
"use strict";

(() => {
  const writing = (element) => element.closest("input, select, textarea, [contenteditable], .select2-container, dialog");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || writing(event.target)) {
      return;
    }
    const hint = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key);
    const pressed = hint && document.querySelector(hint.dataset.press);
    if (pressed) {
      event.preventDefault();
      pressed.click();
    }
  });
})();
