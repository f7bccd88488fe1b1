// The article: the quote scrolled to, more of the text for the asking.

import { select, shown } from "./offsets.js";
import { screen, tell } from "./navigation.js";

const AT_ONCE = 30000;

export const scroller = () => document.getElementById("fb-rv-scroll");

/** Bring an element of the article into the middle of its column, without moving the page. */
export function reveal(element, where = 0.35) {
  const box = scroller();
  if (!box || !element) return;
  const top = element.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  box.scrollTop = top - box.clientHeight * where;
}

/** To the quote. */
export const toQuote = () => reveal(document.querySelector("#fb-rv-text .fb-rv-this"));

async function fetchPart(first, last) {
  const { text, quote, queue } = screen().dataset;
  const response = await fetch(`${text}?first=${first}&last=${last}&quote=${quote}&${queue}`, { credentials: "same-origin" });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

/** Show more of the text: "before", "after" or "all" of it. */
export async function more(which) {
  const text = document.getElementById("fb-rv-text");
  const total = Number(screen().dataset.length);
  let [first, last] = shown();
  try {
    if (which !== "after" && first > 0) {
      const box = scroller();
      do {
        const part = await fetchPart(Math.max(first - AT_ONCE, 0), first);
        const height = box.scrollHeight;
        text.insertAdjacentHTML("afterbegin", part.html);
        box.scrollTop += box.scrollHeight - height;
        first = part.first;
      } while (which === "all" && first > 0);
    }
    if (which !== "before") {
      while (last < total) {
        const part = await fetchPart(last, Math.min(last + AT_ONCE, total));
        text.insertAdjacentHTML("beforeend", part.html);
        last = part.last;
        if (which === "after") break;
      }
    }
  } catch {
    tell("The text could not be read: load the page again.");
  }
  for (const button of document.querySelectorAll("#fb-review [data-more]")) {
    const done = button.dataset.more === "before" ? first === 0 : first === 0 && last >= total;
    if (done || (button.dataset.more === "after" && last >= total)) button.hidden = true;
  }
}

/** Have a span on the screen, whatever part of the text is shown, and select it. */
export async function selectShown(span, from) {
  const [first, last] = shown();
  if (span[0] < first || span[1] > last) await more("all");
  return select(span, from);
}
