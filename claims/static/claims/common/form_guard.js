/* Guards against losing unsaved changes: asks before a changed form is left, and saves it on Ctrl+S (Cmd+S).
 *
 * Guarded are the admin's own add and change forms and any form with `data-fb-guard`. Ctrl+S saves the admin's forms and
 * those with `data-fb-save`; a form that does more than save is sent by its button only. Changes are found by comparing
 * what the form would send, so a choice from a list counts, and a value typed back to what it was does not.
 */

import { checkSessionBeforeSubmit } from "./session.js";

{
  const IGNORED_FIELDS = new Set(["csrfmiddlewaretoken", "action"]);
  const SUBMIT_TIMEOUT = 15000; // milliseconds
  const GUARDED_FORMS = '#content-main > form[id$="_form"], form[data-fb-guard]';
  const TYPED_EARLY = ""; // no state: such a form is changed until the page is left
  let submitting = false;

  const serialize = (form) => {
    const fields = [...new FormData(form)]
      .filter(([name]) => !IGNORED_FIELDS.has(name))
      .map(([name, value]) => [name, value instanceof File ? [value.name, value.size] : value]);
    // The options of a selector's right-hand box are sent, but selected only on submit.
    const boxes = [...form.querySelectorAll("select[multiple][id$='_to']")];
    return JSON.stringify([fields, boxes.map((box) => [...box.options].map((option) => option.value).sort())]);
  };

  const initialStates = new Map(); // form -> what it would have sent when the page was loaded

  // A form that was refused holds input that is not stored anywhere.
  const isChanged = (form) =>
    form.querySelector("[data-fb-unsaved]") !== null || serialize(form) !== initialStates.get(form);

  const isVisible = (form) => form.isConnected && form.offsetParent !== null;

  const guardForms = () => {
    submitting = false;
    document.removeEventListener("input", guardEarly);
    for (const form of document.querySelectorAll(GUARDED_FORMS)) {
      if (!initialStates.has(form)) {
        initialStates.set(form, serialize(form));
      }
    }
  };

  // On a slow connection people type before the page is loaded.
  const guardEarly = (event) => {
    if (event.isTrusted && event.target.form?.matches(GUARDED_FORMS)) {
      initialStates.set(event.target.form, TYPED_EARLY);
    }
  };
  document.addEventListener("input", guardEarly);

  // A second submission would conflict with the first.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") {
      return;
    }
    if (submitting) {
      event.preventDefault();
      return;
    }
    if (checkSessionBeforeSubmit(event)) {
      return;
    }
    const othersChanged = [...initialStates.keys()].some((form) => form !== event.target && isChanged(form));
    if (initialStates.has(event.target) && !othersChanged) {
      submitting = true;
      setTimeout(() => {
        submitting = false; // no response came, and the page is still open
      }, SUBMIT_TIMEOUT);
    }
  });

  window.addEventListener("beforeunload", (event) => {
    if (!submitting && [...initialStates.keys()].some(isChanged)) {
      event.preventDefault();
      event.returnValue = "";
    }
  });

  // The browser's back button may restore the page as it was left.
  window.addEventListener("pageshow", () => {
    submitting = false;
  });

  const findSaveButton = (form) =>
    document.querySelector(`button[name="_continue"][form="${form.id}"], input[name="_continue"][form="${form.id}"]`) ||
    form.querySelector('[name="_continue"]') ||
    document.querySelector(`button[name="_save"][form="${form.id}"]`) ||
    form.querySelector('[name="_save"]') ||
    (form.dataset.fbSave !== undefined ? form.querySelector('[type="submit"]') : null);

  document.addEventListener("keydown", (event) => {
    const isSaveKey =
      (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s";
    if (!isSaveKey || !initialStates.size) {
      return;
    }
    event.preventDefault(); // the browser would offer to save the page as a file
    if (event.repeat || submitting) {
      return;
    }
    const focusedForm = document.activeElement ? document.activeElement.form : null;
    const form = [focusedForm, ...initialStates.keys()].find(
      (candidate) => candidate && initialStates.has(candidate) && isVisible(candidate) && findSaveButton(candidate),
    );
    if (form) {
      form.requestSubmit(findSaveButton(form));
    }
  });

  // Other scripts set up their fields first; what they fill in is no change.
  if (document.readyState === "complete") {
    setTimeout(guardForms);
  } else {
    window.addEventListener("load", () => setTimeout(guardForms));
  }
}
