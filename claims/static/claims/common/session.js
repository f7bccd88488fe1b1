// The session, for all scripts that talk to the server. Where it has ended, a request waits until the editor has signed
// in again in another tab, and is then sent once more: the page stays, with everything that was typed.

const CHANNEL = "fb-signed-in"; // the page that a sign-in ends on (session/signed-in/) posts to it
const CSRF_COOKIE = /(?:^|; )(?:__Host-)?csrftoken=([^;]+)/; // with its prefix over https
const adminRoot = location.pathname.replace(/(\/admin\/).*$/, "$1");
let signingIn = null; // a promise while the editor is signed out

/** Returns the CSRF token of the current session; the one in the page's forms may be of an earlier session. */
export const getCsrfToken = () =>
  CSRF_COOKIE.exec(document.cookie)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

/** Returns whether the session lasts. Rejects without a connection. */
export async function isSignedIn() {
  const response = await send(`${adminRoot}session/`);
  return (await response.json()).signed_in;
}

function send(url, options = {}) {
  // The server answers a script's request with 401 instead of redirecting to the login page.
  const headers = { "X-Requested-With": "XMLHttpRequest", ...options.headers };
  return fetch(url, { credentials: "same-origin", ...options, headers });
}

/**
 * Fetches a URL of this site, or posts `data`, anything that URLSearchParams takes. Rejects without a connection, and
 * waits for a new sign-in where the session has ended.
 */
export async function request(url, { data, ...options } = {}) {
  for (;;) {
    if (data) {
      options.method = "POST";
      options.body = new URLSearchParams(data);
      options.body.set("csrfmiddlewaretoken", getCsrfToken());
    }
    const response = await send(url, options);
    // Without any cookie, the CSRF check fails first.
    const isSignedOut = response.status === 401 || (response.status === 403 && !(await isSignedIn()));
    if (!isSignedOut) return response;
    await signIn();
  }
}

/** Offers to sign in, and waits until the editor has. */
export function signIn() {
  signingIn ??= new Promise((resolve) => {
    const link = document.createElement("a");
    link.href = `${adminRoot}login/?next=${encodeURIComponent(`${adminRoot}session/signed-in/`)}`;
    link.target = "_blank";
    link.textContent = "Sign in (opens a new tab)";
    showNotice("You have been signed out. This page keeps what you typed and continues once you are signed in.", link);
    const channel = new BroadcastChannel(CHANNEL);
    const check = async () => {
      if (!(await isSignedIn().catch(() => false))) return;
      channel.close();
      removeEventListener("focus", check);
      hideNotice();
      signingIn = null;
      resolve();
    };
    channel.addEventListener("message", check);
    addEventListener("focus", check);
  });
  return signingIn;
}

/** Shows a notice above the page, which stays as it is. */
export function showNotice(text, ...actions) {
  hideNotice();
  const notice = document.createElement("div");
  notice.id = "fb-notice";
  notice.className = "fb-notice";
  notice.setAttribute("role", "alert");
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", hideNotice);
  const message = document.createElement("span");
  message.textContent = text;
  notice.append(message, ...actions, close);
  document.body.append(notice);
}

export const hideNotice = () => document.getElementById("fb-notice")?.remove();

let passing = false; // while a form whose session was checked is submitted

/**
 * Checks the session before a form is sent that the browser submits itself: otherwise an ended session or a stale CSRF
 * token would lose what was typed. Returns whether the submission was stopped for that; it goes on by itself.
 */
export function checkSessionBeforeSubmit(event) {
  const { target: form, submitter } = event;
  if (passing) return false;
  event.preventDefault();
  if (form.dataset.fbChecking === undefined) {
    form.dataset.fbChecking = "";
    submitWhenSignedIn(form, submitter).finally(() => delete form.dataset.fbChecking);
  }
  return true;
}

async function submitWhenSignedIn(form, submitter) {
  try {
    if (!(await isSignedIn())) await signIn();
  } catch {
    showNotice("No connection. Nothing was sent; try again.");
    return;
  }
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = getCsrfToken();
  hideNotice();
  passing = true;
  try {
    form.requestSubmit(submitter?.isConnected ? submitter : null);
  } finally {
    passing = false;
  }
}

// The admin's search fields send their requests by jQuery.
addEventListener("load", () => {
  const jQuery = window.django?.jQuery;
  jQuery?.(document).on("ajaxError", (_, response) => {
    if (response.status === 401) signIn();
  });
});
