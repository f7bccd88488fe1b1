// Moves from quote to quote by replacing the screen's HTML instead of loading the whole page.
// When that fails, the browser loads the page as it would without this script.

import { confirmDiscard } from "./unsent_comment.js";

const listeners = [];
let busy = false;

export const getScreen = () => document.getElementById("fb-review");
export const getCsrfToken = () => document.querySelector("#fb-review [name=csrfmiddlewaretoken]")?.value ?? "";
export const isBusy = () => busy;

/** Registers a function to call with the screen whenever a quote is shown. */
export function onShow(listener) {
  listeners.push(listener);
}

export function notifyListeners() {
  for (const listener of listeners) listener(getScreen());
}

async function replaceScreen(response, url, keepHistory = false) {
  const contentType = response.headers.get("Content-Type") || "";
  const html = await response.text();
  if (!contentType.startsWith("text/html")) throw new Error("The response is not HTML.");
  const screen = new DOMParser().parseFromString(html, "text/html").getElementById("fb-review");
  if (!screen) throw new Error("The response is another page.");
  getScreen().replaceWith(document.adoptNode(screen));
  if (url !== location.href) history[keepHistory ? "replaceState" : "pushState"]({ review: true }, "", url);
  document.title = document.title.replace(/^[^|]*/, `${screen.dataset.title} `);
  notifyListeners();
}

/** Shows another URL of the review screen. */
export async function navigate(url, { keepHistory = false } = {}) {
  if (busy || !confirmDiscard()) return;
  busy = true;
  getScreen().setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, { headers: { "X-Review": "1" }, credentials: "same-origin" });
    await replaceScreen(response, response.url, keepHistory);
  } catch {
    location.assign(url);
  } finally {
    busy = false;
    getScreen()?.removeAttribute("aria-busy");
  }
}

/** Submits a form as its submit button would, and shows the response. */
export async function submitForm(form, submitter) {
  if (busy || !confirmDiscard()) return;
  busy = true;
  getScreen().setAttribute("aria-busy", "true");
  const data = new FormData(form);
  if (submitter && submitter.name) data.set(submitter.name, submitter.value);
  const body = new URLSearchParams(data);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { "X-Review": "1" },
      credentials: "same-origin",
      body,
    });
    if (response.status >= 400) {
      showMessage(
        response.status === 403
          ? "You don't have permission to do that."
          : `Something went wrong (${response.status}). Reload the page.`,
      );
      return;
    }
    // A request for a public note answers the POST itself and has no URL of its own.
    await replaceScreen(response, response.redirected ? response.url : location.href);
  } catch {
    showMessage("No connection. Your decision may not be saved; try again.");
  } finally {
    busy = false;
    getScreen()?.removeAttribute("aria-busy");
  }
}

/** Shows a message where the server's messages are shown. */
export function showMessage(text, level = "error") {
  const message = document.createElement("p");
  message.className = `fb-review-message fb-review-message-${level}`;
  message.textContent = text;
  document.querySelector("#fb-review .fb-review-messages").replaceChildren(message);
}
