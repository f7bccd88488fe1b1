/* Nothing typed is lost: leaving a form that was changed is asked about first, and Ctrl+S (or Cmd+S) saves it.
 *
 * A form is guarded if it is an editor's: the admin's own to add or change a row, and any with `data-fb-guard`. Ctrl+S
 * saves in those of the admin and in those with `data-fb-save`; a form that does more than save is sent by its button
 * only. What counts as changed is what would be sent, so a choice from a list counts and a value typed back does not.
 */
"use strict";

(() => {
  const UNSENT = new Set(["csrfmiddlewaretoken", "action"]);
  let sending = false;

  const guarded = () => document.querySelectorAll('#content-main > form[id$="_form"], form[data-fb-guard]');

  const said = (form) => {
    const sent = [...new FormData(form)]
      .filter(([name]) => !UNSENT.has(name))
      .map(([name, value]) => [name, value instanceof File ? [value.name, value.size] : value]);
    // What lies in the right of two boxes is sent, though it is selected only when the form is.
    const boxes = [...form.querySelectorAll("select[multiple][id$='_to']")];
    return JSON.stringify([sent, boxes.map((box) => [...box.options].map((option) => option.value).sort())]);
  };

  const loaded = new Map(); // each form, and what it would have sent when the page had come

  // What was typed into a form that was refused is stored nowhere.
  const isChanged = (form) => form.querySelector("[data-fb-unsaved]") !== null || said(form) !== loaded.get(form);

  const isOpen = (form) => form.isConnected && form.offsetParent !== null;

  const begin = () => {
    sending = false;
    for (const form of guarded()) {
      if (!loaded.has(form)) {
        loaded.set(form, said(form));
      }
    }
  };

  // A form sent twice would find its own first sending in its way.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") {
      return;
    }
    if (sending) {
      event.preventDefault();
      return;
    }
    const others = [...loaded.keys()].some((form) => form !== event.target && isChanged(form));
    if (loaded.has(event.target) && !others) {
      sending = true;
      setTimeout(() => {
        sending = false; // no answer came, and the page is still here
      }, 15000);
    }
  });

  window.addEventListener("beforeunload", (event) => {
    if (!sending && [...loaded.keys()].some(isChanged)) {
      event.preventDefault();
      event.returnValue = "";
    }
  });

  // Coming back by the browser's button, the page may be as it was left.
  window.addEventListener("pageshow", () => {
    sending = false;
  });

  const saver = (form) =>
    document.querySelector(`button[name="_continue"][form="${form.id}"], input[name="_continue"][form="${form.id}"]`) ||
    form.querySelector('[name="_continue"]') ||
    document.querySelector(`button[name="_save"][form="${form.id}"]`) ||
    form.querySelector('[name="_save"]') ||
    (form.dataset.fbSave !== undefined ? form.querySelector('[type="submit"]') : null);

  document.addEventListener("keydown", (event) => {
    const asked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s";
    if (!asked || !loaded.size) {
      return;
    }
    event.preventDefault(); // the browser would offer to keep the page as a file
    if (event.repeat || sending) {
      return;
    }
    const own = document.activeElement ? document.activeElement.form : null;
    const form = [own, ...loaded.keys()].find((each) => each && loaded.has(each) && isOpen(each) && saver(each));
    if (form) {
      form.requestSubmit(saver(form));
    }
  });

  // After every other script has made its fields: what they set is no change.
  if (document.readyState === "complete") {
    setTimeout(begin);
  } else {
    window.addEventListener("load", () => setTimeout(begin));
  }
})();
