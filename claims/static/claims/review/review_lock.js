// Holds the review lock while a quote is open, and warns when a colleague holds it or has changed the quote.

import { getCsrfToken, getScreen, onShow } from "./navigation.js";

const INTERVAL = 45_000; // milliseconds
let timer = 0;

async function post(data) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: getCsrfToken(), ...data });
  const response = await fetch(getScreen().dataset.lockUrl, { method: "POST", credentials: "same-origin", body });
  return response.ok ? response.json() : {};
}

async function renewLock() {
  const screen = getScreen();
  if (!screen.dataset.lockUrl || document.hidden) return;
  try {
    const { version, other } = await post({});
    if (getScreen() !== screen) return;
    const notice = document.getElementById("fb-review-lock");
    const isChanged = version && version !== Number(screen.dataset.version);
    const text = isChanged ? "This quote has changed. Reload the page to see the current version." : other;
    notice.hidden = !text;
    notice.querySelector("span").textContent = text || "";
  } catch {
    // Offline for a moment: the next renewal tries again.
  }
}

export function startLocking() {
  onShow(() => {
    clearInterval(timer);
    timer = setInterval(renewLock, INTERVAL);
    renewLock();
  });
  document.addEventListener("visibilitychange", renewLock);
  addEventListener("pagehide", () => {
    const url = getScreen()?.dataset.lockUrl;
    if (url) navigator.sendBeacon(url, new URLSearchParams({ csrfmiddlewaretoken: getCsrfToken(), go: "1" }));
  });
}
