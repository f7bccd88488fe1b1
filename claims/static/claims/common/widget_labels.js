// Names for what the admin's widgets leave nameless to a screen reader: chooser boxes, their search field, filter icons.
"use strict";
{
  const named = (element, name) => { if (element && name && !element.getAttribute("aria-label")) element.setAttribute("aria-label", name); };

  const labelOf = (select) => {
    const label = (select.labels && select.labels[0]) || document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    return select.getAttribute("aria-label") || (label ? label.textContent.trim().replace(/[:*]\s*$/, "") : select.name);
  };

  const nameAll = () => {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
      const box = select.nextElementSibling;
      if (!box || !box.classList.contains("select2")) continue;
      const name = labelOf(select);
      named(box.querySelector(".select2-selection"), name);
      named(box.querySelector(".select2-selection__rendered[role=textbox]"), name);
      named(box.querySelector(".select2-search__field"), name);
    }
    for (const field of document.querySelectorAll(".select2-dropdown .select2-search__field")) named(field, "Search");
    for (const icon of document.querySelectorAll("span.help-tooltip[aria-label]:not([role])")) icon.setAttribute("role", "img");
  };

  const start = () => {
    nameAll();
    new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
