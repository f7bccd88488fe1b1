// The review screen: a key for every decision. Everything done here is a form that also works without this script.

import { more, reveal, toQuote } from "./article.js";
import { start as startHolds } from "./review_lock.js";
import * as modes from "./modes.js";
import { wire as wireSpeaker } from "./speaker_picker.js";
import { announce, go, isBusy, screen, send, whenShown } from "./navigation.js";

const byId = (id) => document.getElementById(id);

const press = (id) => {
  const form = byId(id);
  const button = form && [...form.elements].find((each) => each.type === "submit");
  if (button && !button.disabled) send(form, button);
  return Boolean(form);
};
const follow = (id) => {
  const link = byId(id);
  if (link) go(link.href);
  return true;
};
const open = (id, field) => {
  const details = byId(id);
  if (!details) return false;
  details.open = true;
  details.querySelector(field)?.focus();
  return true;
};

const KEYS = {
  a: () => (byId("fb-rv-accept")?.querySelector("[type=submit]").disabled ? open("fb-rv-speaker", "#fb-rv-name") : press("fb-rv-accept")),
  r: () => open("fb-rv-reject", "[name=why]"),
  s: () => press("fb-rv-skip"),
  u: () => press("fb-rv-undo"),
  b: () => press("fb-rv-pending"),
  t: () => !byId("fb-rv-held")?.hidden && press("fb-rv-take-over"),
  j: () => follow("fb-rv-next"),
  n: () => follow("fb-rv-next"),
  k: () => follow("fb-rv-previous"),
  p: () => follow("fb-rv-previous"),
  e: () => open("fb-rv-speaker", "#fb-rv-name"),
  f: () => {
    const which = screen().querySelector(".fb-rv-which");
    which.open = true;
    which.querySelector("select").focus();
    return true;
  },
  w: () => modes.begin("words"),
  x: () => modes.begin("split"),
  m: () => modes.begin("join"),
  "+": () => modes.begin("add"),
  o: () => byId("fb-rv-source") && location.assign(byId("fb-rv-source").href),
  g: () => toQuote(),
  "?": () => byId("fb-rv-keys").showModal(),
};

const isTyped = (element) =>
  element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName) && element.type !== "radio" && element.type !== "checkbox";

/** The letter on the key: where another script is typed than Latin, the one that stands there on a Latin keyboard. */
function letter(event) {
  const latin = /^Key([A-Z])$/.exec(event.code);
  if (latin && (event.key.charCodeAt(0) > 127 || !event.shiftKey)) return event.key.charCodeAt(0) > 127 ? latin[1].toLowerCase() : event.key.toLowerCase();
  return event.key;
}

/** Escape closes what is open. */
function close() {
  const details = screen().querySelector("details[open]");
  if (!details) return false;
  details.open = false;
  details.querySelector("summary").focus();
  return true;
}

/** A digit chooses why a quote is rejected; the last needs words. */
function reason(digit) {
  const panel = byId("fb-rv-reject");
  const choices = panel?.open ? panel.querySelectorAll("[name=why]") : [];
  const choice = choices[Number(digit) - 1];
  if (!choice) return false;
  choice.checked = true;
  if (Number(digit) === choices.length) panel.querySelector("[name=comment]").focus();
  else send(panel.querySelector("form"));
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!screen() || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (byId("fb-rv-keys").open) return;
  if (modes.current()) {
    if (!isTyped(event.target) && modes.key(event)) event.preventDefault();
    return;
  }
  if (event.key === "Escape" && close()) return;
  if (isTyped(event.target) || isBusy()) return;
  if (/^[1-9]$/.test(event.key) && reason(event.key)) {
    event.preventDefault();
    return;
  }
  if (event.repeat && event.key !== "j" && event.key !== "k") return; // a key held down decides once
  const does = KEYS[letter(event)];
  if (does && document.body.contains(screen())) {
    event.preventDefault();
    does();
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!screen()?.contains(form) || event.defaultPrevented || form.method !== "post") return;
  if (!form.action.includes("/quote/review/")) return; // another screen's: it answers with a page of its own
  event.preventDefault();
  if (form.id === "fb-rv-find" && !form.elements.speaker.value) return;
  send(form, event.submitter);
});

document.addEventListener("click", (event) => {
  if (!screen()?.contains(event.target) || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const button = event.target.closest("button");
  if (button?.dataset.mode) modes.begin(button.dataset.mode);
  if (button?.dataset.more) more(button.dataset.more);
  if (button?.id === "fb-rv-help") byId("fb-rv-keys").showModal();
  const link = event.target.closest("a[data-quote], a[data-go]");
  if (!link) return;
  event.preventDefault();
  if (link.dataset.quote && (modes.click(link) || !document.getSelection().isCollapsed)) return; // selecting is no click
  go(link.href);
});

document.addEventListener("selectionchange", modes.changed);
addEventListener("popstate", () => screen() && go(location.href, { keep: true }));

whenShown((part) => {
  modes.leave();
  part.classList.add("fb-rv-has-js");
  wireSpeaker();
  toQuote();
  if (!document.activeElement || document.activeElement === document.body) byId("fb-rv-scroll")?.focus({ preventScroll: true });
});
startHolds();
announce();
document.fonts?.ready.then(() => !modes.current() && reveal(document.querySelector("#fb-rv-text .fb-rv-this")));
