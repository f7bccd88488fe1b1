// From quote to quote without loading the page around it anew: the part that changes is fetched and put in place.
// Whatever fails here is done as the browser does it without us.

import { mayLeave } from "./unsent_comment.js";

const listeners = [];
let busy = false;

export const screen = () => document.getElementById("fb-review");
export const token = () => document.querySelector("#fb-review [name=csrfmiddlewaretoken]")?.value ?? "";

/** Call this whenever another quote is shown. */
export function whenShown(call) {
  listeners.push(call);
}

export function announce() {
  for (const call of listeners) call(screen());
}

async function put(response, address, keep = false) {
  const kind = response.headers.get("Content-Type") || "";
  const html = await response.text();
  if (!kind.startsWith("text/html")) throw new Error("no page");
  const part = new DOMParser().parseFromString(html, "text/html").getElementById("fb-review");
  if (!part) throw new Error("another page");
  screen().replaceWith(document.adoptNode(part));
  if (address !== location.href) history[keep ? "replaceState" : "pushState"]({ review: true }, "", address);
  document.title = document.title.replace(/^[^|]*/, `${part.dataset.title} `);
  announce();
}

/** Look at another address of the screen. */
export async function go(address, { keep = false } = {}) {
  if (busy || !mayLeave()) return;
  busy = true;
  screen().setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { headers: { "X-Review": "1" }, credentials: "same-origin" });
    await put(response, response.url, keep);
  } catch {
    location.assign(address);
  } finally {
    busy = false;
    screen()?.removeAttribute("aria-busy");
  }
}

/** Send a form as its submit button does, and show where that leads. */
export async function send(form, submitter) {
  if (busy || !mayLeave()) return;
  busy = true;
  screen().setAttribute("aria-busy", "true");
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
      tell(response.status === 403 ? "You may not do that." : `That did not work (${response.status}): load the page again.`);
      return;
    }
    // Asked for more (a note for readers): that is an answer to the form, which has no address of its own.
    await put(response, response.redirected ? response.url : location.href);
  } catch {
    tell("The server did not answer. Nothing is known to be changed: try again.");
  } finally {
    busy = false;
    screen()?.removeAttribute("aria-busy");
  }
}

/** Say something to the editor where the server's messages are. */
export function tell(text, kind = "error") {
  const line = document.createElement("p");
  line.className = `fb-rv-message fb-rv-is-${kind}`;
  line.textContent = text;
  document.querySelector("#fb-review .fb-rv-told").replaceChildren(line);
}

export const isBusy = () => busy;
