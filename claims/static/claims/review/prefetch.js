// Fetches the screen of the next quote while the editor reads this one. The server neither locks that quote nor shows
// anybody's messages in it, and whatever changes anything drops it.

const MAX_AGE = 300_000; // milliseconds
const DELAY = 50; // milliseconds in which the screen itself may use the connection
const HEADERS = { "X-Requested-With": "XMLHttpRequest", "X-Review": "prefetch" };
let prefetched = null; // { url, screen, at }; `screen` is missing until the response is there
let timer = 0;

/** Returns the `#fb-review` of a page, or null. */
export function parseScreen(html) {
  const screen = new DOMParser().parseFromString(html, "text/html").getElementById("fb-review");
  return screen && document.adoptNode(screen);
}

/** Marks the screen that is shown while the next one is at hand. */
const markScreen = (isPrefetched) =>
  document.getElementById("fb-review")?.toggleAttribute("data-prefetched", isPrefetched);

export function dropPrefetched() {
  clearTimeout(timer);
  prefetched = null;
  markScreen(false);
}

export function prefetch(url) {
  dropPrefetched();
  if (url) timer = setTimeout(fetchScreen, DELAY, { url, at: Date.now() });
}

async function fetchScreen(entry) {
  prefetched = entry;
  try {
    const response = await fetch(entry.url, { headers: HEADERS, credentials: "same-origin", priority: "low" });
    if (response.ok) entry.screen = parseScreen(await response.text());
    if (prefetched === entry) markScreen(Boolean(entry.screen));
  } catch {
    // Offline: the request that follows says so.
  }
}

/** Returns the screen of this URL if it has been fetched, and drops it. */
export function takePrefetched(url) {
  const entry = prefetched;
  dropPrefetched();
  return entry?.url === url && Date.now() - entry.at < MAX_AGE ? entry.screen : undefined;
}
