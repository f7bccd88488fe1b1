// The article column: scrolls to the quote and loads more of the text on request.

import { request } from "../common/session.js";
import { getScreen, showMessage } from "./navigation.js";
import { getVisibleSpan, selectSpan } from "./offsets.js";

const CHUNK_SIZE = 30000; // code points

export const getScroller = () => document.getElementById("fb-review-scroll");

/** Scrolls an element of the article to a third of the column's height, without moving the page. */
export function scrollToElement(element, position = 0.35) {
  const scroller = getScroller();
  if (!scroller || !element) return;
  const top = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
  scroller.scrollTop = top - scroller.clientHeight * position;
}

export const scrollToQuote = () => scrollToElement(document.querySelector("#fb-review-text .fb-review-current-quote"));

async function fetchText(first, last) {
  const { textUrl, quote, queue } = getScreen().dataset;
  const url = `${textUrl}?first=${first}&last=${last}&quote=${quote}&${queue}`;
  const response = await request(url);
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

/** Shows more of the text: "before", "after" or "all" of it. */
export async function showMore(direction) {
  const text = document.getElementById("fb-review-text");
  const total = Number(getScreen().dataset.length);
  let [first, last] = getVisibleSpan();
  try {
    if (direction !== "after" && first > 0) {
      const scroller = getScroller();
      do {
        const part = await fetchText(Math.max(first - CHUNK_SIZE, 0), first);
        const height = scroller.scrollHeight;
        text.insertAdjacentHTML("afterbegin", part.html);
        scroller.scrollTop += scroller.scrollHeight - height;
        first = part.first;
      } while (direction === "all" && first > 0);
    }
    if (direction !== "before") {
      while (last < total) {
        const part = await fetchText(last, Math.min(last + CHUNK_SIZE, total));
        text.insertAdjacentHTML("beforeend", part.html);
        last = part.last;
        if (direction === "after") break;
      }
    }
  } catch {
    showMessage("The text could not be loaded. Reload the page.");
  }
  for (const button of document.querySelectorAll("#fb-review [data-show-more]")) {
    const isDone = button.dataset.showMore === "before" ? first === 0 : first === 0 && last >= total;
    if (isDone || (button.dataset.showMore === "after" && last >= total)) button.hidden = true;
  }
}

/** Selects a span, loading the rest of the text first if it is not all shown. */
export async function showAndSelect(span, fixedEnd) {
  const [first, last] = getVisibleSpan();
  if (span[0] < first || span[1] > last) await showMore("all");
  return selectSpan(span, fixedEnd);
}
