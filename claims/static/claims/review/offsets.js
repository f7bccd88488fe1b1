// Where one is in the article, in code points as the server counts them; the DOM counts UTF-16 code units.
// The text lies in flat pieces, each of which says at which code point it begins (data-at).

const isLow = (unit) => unit >= 0xdc00 && unit <= 0xdfff;
const isHigh = (unit) => unit >= 0xd800 && unit <= 0xdbff;
const splitsPair = (text, at) => at > 0 && at < text.length && isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1));

/** How many code points the text has. */
export function length(text) {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) if (!splitsPair(text, at)) count += 1;
  return count;
}

const pieces = () => document.querySelectorAll("#fb-rv-text [data-at]");
const startOf = (piece) => Number(piece.dataset.at);

/** The code point offset of a place in the article; null outside. A pair cut in two is counted whole where `outer`. */
export function offsetOf(container, offset, outer = false) {
  const text = document.getElementById("fb-rv-text");
  if (!text.contains(container)) return null;
  if (container.nodeType !== Node.TEXT_NODE) {
    const after = container.childNodes[offset];
    if (after) {
      const piece = after.nodeType === Node.TEXT_NODE ? after.parentElement : after.closest("[data-at]");
      return piece && piece.dataset.at ? startOf(piece) : null;
    }
    const last = container === text ? [...pieces()].at(-1) : container.closest("[data-at]");
    return last ? startOf(last) + length(last.textContent) : null;
  }
  const piece = container.parentElement.closest("[data-at]");
  if (!piece) return null;
  const cut = splitsPair(container.data, offset);
  return startOf(piece) + length(container.data.slice(0, cut ? offset - 1 : offset)) + (cut && outer ? 1 : 0);
}

/** The text node and the offset in it of a code point offset; null where that part of the text is not shown. */
export function placeOf(at) {
  let found = null;
  for (const piece of pieces()) {
    if (startOf(piece) > at) break;
    found = piece;
  }
  const node = found && found.firstChild;
  if (!node) return null;
  let left = at - startOf(found);
  let unit = 0;
  while (left > 0 && unit < node.data.length) {
    unit += isHigh(node.data.charCodeAt(unit)) && isLow(node.data.charCodeAt(unit + 1)) ? 2 : 1;
    left -= 1;
  }
  return left === 0 ? { node, unit } : null;
}

/** The span that is selected in the article, or null; an empty one is a cursor. */
export function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset, !range.collapsed);
  return start === null || end === null ? null : [start, Math.max(start, end)];
}

/** Select a span; `from` is the end that stays when the other is moved. */
export function select([start, end], from = "start") {
  const first = placeOf(start);
  const last = placeOf(end);
  if (!first || !last) return false;
  const [anchor, focus] = from === "start" ? [first, last] : [last, first];
  document.getSelection().setBaseAndExtent(anchor.node, anchor.unit, focus.node, focus.unit);
  return true;
}

/** The characters of a span, as they stand in the pieces; null where not all of it is shown. */
export function words([start, end]) {
  const first = placeOf(start);
  const last = placeOf(end);
  if (!first || !last) return null;
  let text = "";
  for (const piece of pieces()) {
    const at = startOf(piece);
    if (at >= end) break;
    if (at + length(piece.textContent) <= start) continue;
    text += [...piece.textContent].slice(Math.max(start - at, 0), end - at).join("");
  }
  return text;
}

/** Where the text that is shown begins and ends. */
export function shown() {
  const all = [...pieces()];
  return all.length ? [startOf(all[0]), startOf(all.at(-1)) + length(all.at(-1).textContent)] : [0, 0];
}

/** Show that a part is selected without selecting it: the other parts of a quote, and what a click would join. */
export function paint(spans) {
  if (!window.CSS || !CSS.highlights || !window.Highlight) return;
  const ranges = spans.flatMap((span) => {
    const [first, last] = span.map(placeOf);
    if (!first || !last) return [];
    const range = document.createRange();
    range.setStart(first.node, first.unit);
    range.setEnd(last.node, last.unit);
    return [range];
  });
  CSS.highlights.set("fb-rv-parts", new Highlight(...ranges));
}
