// The claim on the card. In the field with its wording, Enter releases the claim and Escape leaves the field. What was
// typed and not sent is kept for this tab, by quote: it is back when the quote is shown again.

import { getScroller } from "./article.js";
import { getScreen, onSettle, onShow, submitForm } from "./navigation.js";

const getField = () => document.getElementById("fb-review-wording");
const getButton = (field) => field.form.querySelector("[type=submit]");
const getKey = () => `fb-review-wording-${getScreen().dataset.quote}`;

/** Focuses the wording, or calls `onDisabled` where the claim cannot be released because the speaker is unknown. */
export function focusWording(onDisabled) {
  const field = getField();
  if (!field) return;
  if (getButton(field).disabled) {
    onDisabled();
    return;
  }
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

/** Links the quote to the similar claim with this number. Returns whether there is one. */
export function linkToSimilarClaim(number) {
  const form = getScreen().querySelectorAll("form[data-fb-link]")[number - 1];
  if (form) submitForm(form);
  return Boolean(form);
}

function growToFit(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}

/** Keeps a wording that differs from the stored one, with the stored one that the editor saw. */
function keepWording(field) {
  const seen = field.form.elements.seen_wording.value;
  if (field.value === seen) sessionStorage.removeItem(getKey());
  else sessionStorage.setItem(getKey(), JSON.stringify({ seen, text: field.value }));
}

function restoreWording() {
  const field = getField();
  if (!field) return;
  const { seen_wording: seen } = field.form.elements;
  const kept = JSON.parse(sessionStorage.getItem(getKey()));
  if (kept && field.value === seen.value) {
    field.value = kept.text;
    seen.value = kept.seen; // the server refuses the wording if the claim has been reworded since
  } else keepWording(field);
  growToFit(field);
}

document.addEventListener("input", ({ target }) => {
  if (target !== getField()) return;
  growToFit(target);
  keepWording(target);
});

document.addEventListener("keydown", (event) => {
  const field = getField();
  if (event.target !== field || event.isComposing) return;
  if (event.key === "Enter") {
    event.preventDefault(); // the wording is one line
    if (event.shiftKey || event.repeat || getButton(field).disabled) return;
    field.blur(); // the next quote is not in the field
    field.form.requestSubmit(getButton(field));
  } else if (event.key === "Escape") {
    getScroller().focus({ preventScroll: true });
  }
});

document.addEventListener("submit", ({ target }) => {
  if (target === getField()?.form) sessionStorage.removeItem(getKey());
});

onShow(restoreWording);
onSettle(() => {
  restoreWording();
  if (getField()?.getAttribute("aria-invalid")) getField().focus();
});
