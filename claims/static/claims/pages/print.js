// The button that prints the page; without this script readers use their browser's menu.
for (const button of document.querySelectorAll('[data-action="print"]')) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
