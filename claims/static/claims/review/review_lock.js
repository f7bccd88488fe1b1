// Colleagues are told who looks at a quote, and this editor what they do to it meanwhile.

import { screen, token, whenShown } from "./navigation.js";

const EVERY = 45_000;
let timer = 0;

async function post(data) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token(), ...data });
  const response = await fetch(screen().dataset.hold, { method: "POST", credentials: "same-origin", body });
  return response.ok ? response.json() : {};
}

async function look() {
  const here = screen();
  if (!here.dataset.hold || document.hidden) return;
  try {
    const said = await post({});
    if (screen() !== here) return;
    const line = document.getElementById("fb-rv-held");
    const changed = said.version && said.version !== Number(here.dataset.version);
    const text = changed ? "This was changed meanwhile: load it again to see it as it is." : said.other;
    line.hidden = !text;
    line.querySelector("span").textContent = text || "";
    here.dataset.held = said.other ? "other" : "mine";
  } catch {
    // Offline for a moment: asked again soon.
  }
}

export function start() {
  whenShown(() => {
    clearInterval(timer);
    timer = setInterval(look, EVERY);
    look();
  });
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", () => {
    const address = screen()?.dataset.hold;
    if (address) navigator.sendBeacon(address, new URLSearchParams({ csrfmiddlewaretoken: token(), go: "1" }));
  });
}
