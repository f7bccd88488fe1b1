// A comment that was begun is not lost: going on from the quote, or away from the screen, is asked about first.

let sending = null;

const begun = () =>
  [...document.querySelectorAll("#fb-review form[data-fb-guard]")].filter(
    (form) => form !== sending && [...form.querySelectorAll("textarea")].some((area) => area.value.trim()),
  );

/** Whether the screen may show something else now. */
export const mayLeave = () => !begun().length || confirm("Your comment was not sent. Go on without it?");

document.addEventListener("submit", (event) => {
  if (event.target.matches("#fb-review form[data-fb-guard]")) sending = event.target;
});

addEventListener("beforeunload", (event) => {
  if (begun().length) event.preventDefault();
});
