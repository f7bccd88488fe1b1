// Adds what the admin theme lacks for screen readers and the keyboard: names of select2 boxes and icon buttons, icons
// that are not read as words ("dock_to_right"), keys for what reacts to clicks only, and the focus that a page asks for.
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

  const ICON_BUTTONS = [
    // selector, accessible name
    ["#nav-sidebar-inner > div:first-child a.bg-primary-600", "Dashboard"],
    ["#searchbar-submit", "Search"],
    ["[x-ref^='relatedWidgetWrapper']", "Add or change"],
    ["[x-on\\:click^='sidebar']", "Show or hide the menu"],
    ["[x-on\\:click^='openTheme']", "Colour theme"],
    ["[x-on\\:click^='showActions'], [x-on\\:click^='actionDropdownOpen']", "More actions"],
    [".inline-deletelink", "Remove"],
  ];

  const labelIcons = () => {
    for (const [selector, label] of ICON_BUTTONS) {
      for (const button of document.querySelectorAll(selector)) setLabel(button, label);
    }
    for (const button of document.querySelectorAll("div[x-on\\:click], span[x-on\\:click], a[x-on\\:click]:not([href])")) {
      if (button.id === "changelist-filter-close") continue; // the backdrop of the filters, which Escape closes too
      button.setAttribute("role", "button");
      button.tabIndex = 0;
    }
    for (const icon of document.querySelectorAll(".material-symbols-outlined:not([aria-hidden], [role])")) {
      icon.setAttribute("aria-hidden", "true");
    }
    let tables = 0;
    for (const region of document.querySelectorAll(".simplebar-content-wrapper")) {
      const place = region.closest("#nav-sidebar, #changelist-filter");
      region.ariaLabel = place ? (place.id === "nav-sidebar" ? "Menu" : "Filters") : `Table ${(tables += 1)}`;
    }
    for (const header of document.querySelectorAll("th")) {
      if (header.textContent.trim() || header.children.length) continue;
      const text = document.createElement("span");
      text.className = "fb-visually-hidden";
      text.textContent = "Actions";
      header.append(text);
    }
  };

  document.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target.matches("[x-on\\:click][role=button]:not(button)")) {
      event.preventDefault();
      event.target.click();
    }
  });

  const labelWidgets = () => {
    labelIcons();
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
  // The theme hides the page until Alpine has begun. What has `autofocus` does not get it where the browser tried before.
  document.addEventListener("alpine:initialized", () => {
    setTimeout(() => {
      if (document.activeElement === document.body) document.querySelector("[autofocus]")?.focus();
    });
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
