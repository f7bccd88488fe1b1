// Holds the review lock while a quote is open, and warns when a colleague holds it or has changed the quote.

import { getCsrfToken, request } from "../common/session.js";
import { getScreen, onSettle } from "./navigation.js";

const INTERVAL = 45_000; // milliseconds
let timer = 0;

async function renewLock() {
  const screen = getScreen();
  const url = screen.dataset.lockUrl;
  if (!url || document.hidden) return;
  try {
    const response = await request(url, { data: {} });
    const { version, other } = response.ok ? await response.json() : {};
    if (getScreen() !== screen || screen.dataset.lockUrl !== url) return;
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
  onSettle(() => {
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
