// What Swagger UI leaves out for readers with a keyboard or a screen reader.
const reference = document.getElementById("swagger-ui");

function complete() {
  for (const select of reference.querySelectorAll("select:not([aria-label])")) {
    select.ariaLabel = select.closest("[data-param-name]")?.dataset.paramName ?? "Media type";
  }
  for (const code of reference.querySelectorAll("pre:not([tabindex])")) {
    code.tabIndex = 0; // it may scroll
  }
  const keys = reference.querySelector(".scheme-container:not([role])");
  if (keys) {
    keys.role = "region";
    keys.ariaLabel = "API key";
  }
}

new MutationObserver(complete).observe(reference, { childList: true, subtree: true });
complete();
