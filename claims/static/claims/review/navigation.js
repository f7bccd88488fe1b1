// Moves from quote to quote by replacing the screen's HTML instead of loading the whole page. A screen that was fetched in
// advance is shown at once; the server's response then confirms it, or puts the right one in its place.

import { request } from "../common/session.js";
import { announceScreen, createDismissButton, keepFocus, showBadge, updateScreen } from "./screen.js";
import { parseScreen, prefetch, takePrefetched } from "./prefetch.js";
import { confirmDiscard } from "./unsent_comment.js";

const HEADERS = { "X-Review": "1" };
const ERRORS = { 403: "You don't have permission to do that.", 404: "This quote no longer exists." };
const OFFLINE = "No connection. Nothing was changed on this page; try again.";
const NOT_SENT = "No connection. Your decision may not be saved; try again.";

const showListeners = [];
const settleListeners = [];
let busy = false;
let waiting = null; // what the editor asked for while the server had not answered yet

export const getScreen = () => document.getElementById("fb-review");
export const isBusy = () => busy && !getScreen().hasAttribute("data-early");

/** Registers a function to call with the screen whenever a quote is shown, before the server has confirmed it. */
export const onShow = (listener) => showListeners.push(listener);

/** Registers a function to call with the screen once it is what the server says. */
export const onSettle = (listener) => settleListeners.push(listener);

const notify = (listeners) => listeners.forEach((listener) => listener(getScreen()));

/** Sets up the screen that the page was loaded with. */
export function start() {
  onSettle((screen) => prefetch(screen.dataset.following));
  notify(showListeners);
  keepFocus()();
  notify(settleListeners);
}

function show(screen) {
  const restoreFocus = keepFocus();
  getScreen().replaceWith(screen);
  document.title = document.title.replace(/^[^|]*/, `${screen.dataset.title} `);
  notify(showListeners);
  restoreFocus();
}

/** Shows another URL of the review screen. */
export function navigate(url, { keepHistory = false } = {}) {
  if (busy) whenSettled(() => navigate(url, { keepHistory }));
  else move(url, () => request(url, { headers: HEADERS }), { keepHistory, problem: OFFLINE });
}

/** Submits a form as its submit button would, and shows the response. */
export function submitForm(form, submitter) {
  if (busy) {
    whenSettled(() => {
      const current = form.isConnected ? form : form.id && document.getElementById(form.id);
      if (current) submitForm(current, current.contains(submitter) ? submitter : undefined);
    });
    return;
  }
  const data = new FormData(form);
  if (submitter && submitter.name) data.set(submitter.name, submitter.value);
  const url = form.dataset.fbAdvance === undefined ? "" : getScreen().dataset.following;
  move(url, () => request(form.action, { data, headers: HEADERS }), { isChange: true, problem: NOT_SENT });
}

/** Runs an action, but only once the server has answered, and if the same quote is shown then. */
export function whenSettled(run) {
  if (busy) waiting = { screen: getScreen(), run };
  else run();
}

async function fetchPage(send) {
  try {
    const response = await send();
    return { response, html: await response.text() };
  } catch {
    return null; // no connection
  }
}

async function move(url, send, { keepHistory = false, isChange = false, problem }) {
  if (!confirmDiscard()) return;
  busy = true;
  const before = { screen: getScreen(), address: location.href };
  const early = takePrefetched(url);
  if (early) {
    early.dataset.early = "";
    show(early);
    setAddress(url, keepHistory);
  }
  getScreen().setAttribute("aria-busy", "true");
  try {
    const page = await fetchPage(send);
    const status = page?.response.status;
    if (!page) goBack(before, problem);
    else if (status >= 400) goBack(before, ERRORS[status] ?? `Something went wrong (${status}). Reload the page.`);
    else settle(page, before.address, keepHistory, isChange);
  } finally {
    busy = false;
    getScreen().removeAttribute("aria-busy");
    getScreen().removeAttribute("data-early");
  }
  const next = waiting;
  waiting = null;
  if (next?.screen === getScreen()) next.run();
}

function setAddress(url, keepHistory) {
  const address = new URL(url, location.href).href;
  if (address !== location.href) history[keepHistory ? "replaceState" : "pushState"]({ review: true }, "", address);
}

/** Shows the response, in place of a screen that was shown early unless that is the same. */
function settle({ response, html }, address, keepHistory, isChange) {
  const screen = parseScreen(html);
  if (!screen) {
    location.assign(response.url); // another page
    return;
  }
  const shown = getScreen();
  const isEarly = shown.hasAttribute("data-early");
  const isSame = shown.dataset.quote === screen.dataset.quote && shown.dataset.version === screen.dataset.version;
  if (isEarly && isSame) updateScreen(shown, screen);
  else show(screen);
  // A request for a public note answers the POST itself and has no URL of its own.
  setAddress(response.redirected || !isChange ? response.url : address, keepHistory || isEarly);
  showBadge(screen.dataset.badge);
  announceScreen(getScreen());
  if (isChange) getScreen().querySelector(".fb-review-last")?.classList.add("fb-review-fresh");
  notify(settleListeners);
}

/** Shows the quote again on which the editor asked for something that failed. */
function goBack({ screen, address }, problem) {
  if (screen !== getScreen()) {
    show(screen);
    setAddress(address, true);
  }
  showMessage(problem);
  notify(settleListeners);
}

/** Shows a message above the article. */
export function showMessage(text, level = "error") {
  const message = document.createElement("p");
  message.className = `fb-review-message fb-review-message-${level}`;
  message.textContent = text;
  message.append(createDismissButton());
  getScreen().querySelector(".fb-review-messages").replaceChildren(message);
  announceScreen(getScreen());
}

addEventListener("beforeunload", (event) => {
  if (busy) event.preventDefault(); // the decision may not have reached the server
});
