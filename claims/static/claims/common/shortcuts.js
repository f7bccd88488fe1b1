// Keyboard shortcuts declared in the page: <kbd data-key="n" data-click="#next">n</kbd> clicks #next when n is pressed.
"use strict";

(() => {
  const isEditing = (element) =>
    element.closest("input, select, textarea, [contenteditable], .select2-container, dialog");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || isEditing(event.target)) {
      return;
    }
    const hint = [...document.querySelectorAll("[data-key]")].find((kbd) => kbd.dataset.key === event.key);
    const target = hint && document.querySelector(hint.dataset.click);
    if (target) {
      event.preventDefault();
      target.click();
    }
  });
})();
