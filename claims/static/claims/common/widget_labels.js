// Adds the accessible names that the admin's widgets lack: select2 boxes, their search fields, help icons.
"use strict";
{
  const setLabel = (element, label) => {
    if (element && label && !element.getAttribute("aria-label")) element.setAttribute("aria-label", label);
  };

  const labelOf = (select) => {
    const label = (select.labels && select.labels[0]) || document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    return (
      select.getAttribute("aria-label") || (label ? label.textContent.trim().replace(/[:*]\s*$/, "") : select.name)
    );
  };

  const labelWidgets = () => {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
      const box = select.nextElementSibling;
      if (!box || !box.classList.contains("select2")) continue;
      const label = labelOf(select);
      setLabel(box.querySelector(".select2-selection"), label);
      setLabel(box.querySelector(".select2-selection__rendered[role=textbox]"), label);
      setLabel(box.querySelector(".select2-search__field"), label);
    }
    for (const field of document.querySelectorAll(".select2-dropdown .select2-search__field")) setLabel(field, "Search");
    for (const icon of document.querySelectorAll("span.help-tooltip[aria-label]:not([role])")) {
      icon.setAttribute("role", "img");
    }
  };

  const start = () => {
    labelWidgets();
    new MutationObserver(labelWidgets).observe(document.body, { childList: true, subtree: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
