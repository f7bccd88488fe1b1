// Keyboard shortcuts and in-place navigation of the review screen. Every action is a form that also works without this
// script, except the modes that select text in the article.

import { checkSessionBeforeSubmit } from "../common/session.js";
import { scrollToElement, scrollToQuote, showMore } from "./article.js";
import { focusWording, linkToSimilarClaim } from "./claim_line.js";
import { openCopies } from "./copies.js";
import * as modes from "./modes.js";
import { getScreen, isBusy, navigate, onShow, start, submitForm, whenSettled } from "./navigation.js";
import { startLocking } from "./review_lock.js";
import { initSpeakerPicker } from "./speaker_picker.js";

const byId = (id) => document.getElementById(id);

const submitById = (id) => {
  const form = byId(id);
  const button = form && [...form.elements].find((element) => element.type === "submit");
  if (button && !button.disabled) submitForm(form, button);
};
const navigateById = (id) =>
  whenSettled(() => {
    const link = byId(id);
    if (link) navigate(link.href);
  });
const openDetails = (details, fieldSelector) => {
  if (!details) return;
  details.open = true;
  details.querySelector(fieldSelector)?.focus();
};
const openSpeakerPicker = () => openDetails(byId("fb-review-speaker"), "#fb-review-speaker-name");
const openKeyboardHelp = () => byId("fb-review-shortcuts").showModal();

const ACTIONS = {
  a: () => {
    const needsSpeaker = byId("fb-review-accept")?.querySelector("[type=submit]").disabled;
    const sourceChanged = byId("fb-review-accept-changed");
    if (needsSpeaker) openSpeakerPicker();
    else if (sourceChanged && !sourceChanged.open) openDetails(sourceChanged, "button");
    else submitById("fb-review-accept");
  },
  c: () => focusWording(openSpeakerPicker),
  d: openCopies,
  r: () => openDetails(byId("fb-review-reject"), "[name=why]"),
  s: () => submitById("fb-review-skip"),
  u: () => whenSettled(() => submitById("fb-review-undo")),
  b: () => submitById("fb-review-pending"),
  t: () => !byId("fb-review-lock")?.hidden && submitById("fb-review-take-over"),
  j: () => navigateById("fb-review-next"),
  n: () => navigateById("fb-review-next"),
  k: () => navigateById("fb-review-previous"),
  p: () => navigateById("fb-review-previous"),
  e: openSpeakerPicker,
  f: () => openDetails(getScreen().querySelector(".fb-review-filters"), "select"),
  w: () => modes.startMode("words"),
  x: () => modes.startMode("split"),
  m: () => modes.startMode("join"),
  "+": () => modes.startMode("add"),
  o: () => byId("fb-review-source") && location.assign(byId("fb-review-source").href),
  l: () => submitById("fb-review-tie"),
  g: scrollToQuote,
  "?": openKeyboardHelp,
};

const REPEATABLE_KEYS = ["j", "k"]; // a held key must not decide more than once

const isTextField = (element) =>
  element.isContentEditable ||
  (["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName) && element.type !== "radio" && element.type !== "checkbox");

/** Returns the typed character, or on a keyboard with a non-Latin layout the Latin letter of the same key. */
function getCharacter(event) {
  const latin = /^Key([A-Z])$/.exec(event.code);
  const isNonLatin = event.key.charCodeAt(0) > 127;
  if (latin && isNonLatin) return latin[1].toLowerCase();
  return latin && !event.shiftKey ? event.key.toLowerCase() : event.key;
}

/** Closes the open popover, if any, and returns whether there was one. */
function closeDetails() {
  const details = getScreen().querySelector("details[open]");
  if (!details) {
    getScreen().querySelector(".fb-review-messages").replaceChildren();
    return false;
  }
  details.open = false;
  details.querySelector("summary").focus();
  return true;
}

/** Rejects with the reason that has this number; the last reason needs a comment. Returns whether there is one. */
function chooseReason(number) {
  const details = byId("fb-review-reject");
  const reasons = details?.open ? details.querySelectorAll("[name=why]") : [];
  const reason = reasons[number - 1];
  if (!reason) return false;
  reason.checked = true;
  if (number === reasons.length) details.querySelector("[name=comment]").focus();
  else submitForm(details.querySelector("form"));
  return true;
}

const chooseNumber = (number) =>
  byId("fb-review-reject")?.open ? chooseReason(number) : linkToSimilarClaim(number);

document.addEventListener("keydown", (event) => {
  if (!getScreen() || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (byId("fb-review-shortcuts").open) return;
  if (modes.getActiveMode()) {
    if (!isTextField(event.target) && modes.handleKey(event)) event.preventDefault();
    return;
  }
  if (event.key === "Escape" && closeDetails()) return;
  if (event.repeat && ["Enter", " "].includes(event.key) && event.target.tagName === "BUTTON") event.preventDefault();
  if (isTextField(event.target) || isBusy()) return;
  if (/^[1-9]$/.test(event.key) && chooseNumber(Number(event.key))) {
    event.preventDefault();
    return;
  }
  if (event.repeat && !REPEATABLE_KEYS.includes(event.key)) return;
  const action = ACTIONS[getCharacter(event)];
  if (action && document.body.contains(getScreen())) {
    event.preventDefault();
    action();
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!getScreen()?.contains(form) || event.defaultPrevented || form.method !== "post") return;
  if (!form.action.includes("/quote/review/")) {
    checkSessionBeforeSubmit(event); // another view's form, which answers with its own page
    return;
  }
  event.preventDefault();
  if (form.id === "fb-review-speaker-search" && !form.elements.speaker.value) return;
  submitForm(form, event.submitter);
});

document.addEventListener("click", (event) => {
  if (!getScreen()?.contains(event.target) || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const button = event.target.closest("button");
  if (button?.dataset.mode) modes.startMode(button.dataset.mode);
  if (button?.dataset.showMore) showMore(button.dataset.showMore);
  if (button?.id === "fb-review-help") openKeyboardHelp();
  if (button?.classList.contains("fb-review-dismiss")) button.closest(".fb-review-message").remove();
  const link = event.target.closest("a[data-quote], a[data-navigate]");
  if (!link) return;
  event.preventDefault();
  const isSelecting = () => !document.getSelection().isCollapsed;
  if (link.dataset.quote && (modes.handleQuoteClick(link) || isSelecting())) return;
  navigate(link.href);
});

document.addEventListener("selectionchange", modes.handleSelectionChange);
addEventListener("popstate", () => {
  if (getScreen() && !location.hash) navigate(location.href, { keepHistory: true }); // a hash is of a skip link
});

let shownQuote;

onShow((screen) => {
  modes.cancelMode();
  screen.classList.add("fb-review-has-js");
  initSpeakerPicker();
  scrollToQuote();
  // On a phone the whole page scrolls: the next quote is read from its start.
  if (screen.dataset.quote !== shownQuote && matchMedia("(max-width: 1023px)").matches) {
    if (screen.getBoundingClientRect().top < 0) screen.scrollIntoView({ block: "start" });
  }
  shownQuote = screen.dataset.quote;
});
startLocking();
start();
document.fonts?.ready.then(
  () => !modes.getActiveMode() && scrollToElement(document.querySelector("#fb-review-text .fb-review-current-quote")),
);
