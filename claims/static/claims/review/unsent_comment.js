// Asks before an unsent comment is discarded by moving to another quote or leaving the screen.

import { checkSessionBeforeSubmit } from "../common/session.js";

const FORMS = "#fb-review form[data-fb-guard]";
let submittedForm = null;

const findUnsentForms = () =>
  [...document.querySelectorAll(FORMS)].filter(
    (form) =>
      form !== submittedForm && [...form.querySelectorAll("textarea")].some((textarea) => textarea.value.trim()),
  );

/** Returns whether the screen may show something else now. */
export const confirmDiscard = () =>
  !findUnsentForms().length || confirm("Your comment has not been sent. Discard it?");

document.addEventListener("submit", (event) => {
  if (event.target.matches(FORMS) && !checkSessionBeforeSubmit(event)) submittedForm = event.target;
});

addEventListener("beforeunload", (event) => {
  if (findUnsentForms().length) event.preventDefault();
});
