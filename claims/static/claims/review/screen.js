// Parts of the screen that follow what was done: counts, messages, the marks of other quotes, the sidebar's badge; where
// the focus stays, and what a screen reader says.

const LIVE_PARTS = [".fb-review-toolbar", ".fb-review-messages", ".fb-review-last", ".fb-review-details"];
const byId = (id) => document.getElementById(id);

/** Brings a screen that was fetched before the last change up to date, without disturbing what the editor does in it. */
export function updateScreen(shown, screen) {
  Object.assign(shown.dataset, screen.dataset);
  for (const selector of LIVE_PARTS) {
    const [part, update] = [shown, screen].map((root) => root.querySelector(selector));
    if (part && update && !isInUse(part) && hasChanged(part, update)) part.replaceWith(update);
  }
  for (const mark of screen.querySelectorAll("#fb-review-text [data-quote]")) {
    const link = shown.querySelector(`#fb-review-text [data-quote][data-start="${mark.dataset.start}"]`);
    if (!link || link.className === mark.className) continue;
    link.className = mark.className;
    link.title = mark.title;
    link.dataset.version = mark.dataset.version;
  }
}

const isInUse = (part) => part.contains(document.activeElement) || part.querySelector("details[open]") !== null;

const hasChanged = (part, update) =>
  part.textContent !== update.textContent || part.matches(".fb-review-toolbar, .fb-review-last");

/** Sets the number beside "Review queue" in the sidebar. */
export function showBadge(text) {
  if (text === undefined) return;
  for (const link of document.querySelectorAll("#nav-sidebar-apps a[href]")) {
    if (link.pathname !== location.pathname || link.search) continue;
    const badge = link.querySelector(":scope > span:nth-of-type(3)");
    if (!badge) continue;
    badge.textContent = text;
    badge.hidden = !text;
  }
}

export function createDismissButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "fb-review-dismiss";
  button.setAttribute("aria-label", "Close message");
  button.textContent = "✕";
  return button;
}

/** Says what was done and which quote is shown. The element outlives the screen, as screen readers need it. */
export function announceScreen(screen) {
  const announcer = byId("fb-review-announcer");
  if (!announcer) return;
  const messages = [...screen.querySelectorAll(".fb-review-message, .fb-review-done")];
  const quote = screen.querySelector(".fb-review-quote-text");
  const speaker = screen.querySelector(".fb-review-speaker");
  const parts = messages.map((message) => message.textContent.trim());
  if (quote) parts.push(`${speaker?.textContent.trim() ?? ""}: ${quote.textContent.trim().slice(0, 300)}`);
  announcer.textContent = parts.filter(Boolean).map((part) => part.replace(/[.✕\s]+$/u, "")).join(". ");
}

/** Returns a function that moves the focus to the control that had it, if the new screen has it as well. */
export function keepFocus() {
  const element = document.activeElement;
  const formId = element?.closest?.("#fb-review form[id]")?.id;
  const selector = element?.id && byId("fb-review")?.contains(element) ? `#${element.id}` : formId && `#${formId} [type=submit]`;
  return () => {
    const control = selector && document.querySelector(`#fb-review ${selector}`);
    if (control && !control.disabled) control.focus({ preventScroll: true });
    if (document.activeElement === document.body || !document.activeElement) {
      byId("fb-review-scroll")?.focus({ preventScroll: true });
    }
  };
}
