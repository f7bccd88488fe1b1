// Converts between places in the DOM, which counts UTF-16 code units, and the server's offsets, which count code points.
// The text consists of flat pieces, each of which has its own start offset in `data-start`.

const isLowSurrogate = (unit) => unit >= 0xdc00 && unit <= 0xdfff;
const isHighSurrogate = (unit) => unit >= 0xd800 && unit <= 0xdbff;
const splitsSurrogatePair = (text, index) =>
  index > 0 &&
  index < text.length &&
  isLowSurrogate(text.charCodeAt(index)) &&
  isHighSurrogate(text.charCodeAt(index - 1));

/** Returns the length of a text in code points. */
export function countCodePoints(text) {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) if (!splitsSurrogatePair(text, index)) count += 1;
  return count;
}

const getPieces = () => document.querySelectorAll("#fb-review-text [data-start]");
const startOf = (piece) => Number(piece.dataset.start);
const endOf = (piece) => startOf(piece) + countCodePoints(piece.textContent);

/**
 * Returns the code point offset of a DOM position, or null outside the article.
 * A position within a surrogate pair counts as before the pair, or after it if `roundUp`.
 */
export function getOffset(container, index, roundUp = false) {
  const text = document.getElementById("fb-review-text");
  if (!text.contains(container)) return null;
  if (container.nodeType !== Node.TEXT_NODE) {
    const next = container.childNodes[index];
    if (next) {
      const piece = next.nodeType === Node.TEXT_NODE ? next.parentElement : next.closest("[data-start]");
      return piece && piece.dataset.start ? startOf(piece) : null;
    }
    const last = container === text ? [...getPieces()].at(-1) : container.closest("[data-start]");
    return last ? endOf(last) : null;
  }
  const piece = container.parentElement.closest("[data-start]");
  if (!piece) return null;
  const splitsPair = splitsSurrogatePair(container.data, index);
  const before = container.data.slice(0, splitsPair ? index - 1 : index);
  return startOf(piece) + countCodePoints(before) + (splitsPair && roundUp ? 1 : 0);
}

/** Returns the text node and the index in it for a code point offset, or null where the text is not shown. */
export function getPosition(offset) {
  let found = null;
  for (const piece of getPieces()) {
    if (startOf(piece) > offset) break;
    found = piece;
  }
  const node = found && found.firstChild;
  if (!node) return null;
  let remaining = offset - startOf(found);
  let index = 0;
  while (remaining > 0 && index < node.data.length) {
    index += isHighSurrogate(node.data.charCodeAt(index)) && isLowSurrogate(node.data.charCodeAt(index + 1)) ? 2 : 1;
    remaining -= 1;
  }
  return remaining === 0 ? { node, index } : null;
}

/** Returns the selected span of the article, or null; an empty span is a cursor. */
export function getSelectedSpan() {
  const selection = document.getSelection();
  if (!selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = getOffset(range.startContainer, range.startOffset);
  const end = getOffset(range.endContainer, range.endOffset, !range.collapsed);
  return start === null || end === null ? null : [start, Math.max(start, end)];
}

/** Selects a span; `fixedEnd` ("start" or "end") stays in place when the selection is extended. */
export function selectSpan([start, end], fixedEnd = "start") {
  const first = getPosition(start);
  const last = getPosition(end);
  if (!first || !last) return false;
  const [anchor, focus] = fixedEnd === "start" ? [first, last] : [last, first];
  document.getSelection().setBaseAndExtent(anchor.node, anchor.index, focus.node, focus.index);
  return true;
}

/** Returns the text of a span, or null where not all of it is shown. */
export function getText([start, end]) {
  if (!getPosition(start) || !getPosition(end)) return null;
  let text = "";
  for (const piece of getPieces()) {
    const pieceStart = startOf(piece);
    if (pieceStart >= end) break;
    if (endOf(piece) <= start) continue;
    text += [...piece.textContent].slice(Math.max(start - pieceStart, 0), end - pieceStart).join("");
  }
  return text;
}

/** Returns the span of the text that is shown. */
export function getVisibleSpan() {
  const pieces = [...getPieces()];
  return pieces.length ? [startOf(pieces[0]), endOf(pieces.at(-1))] : [0, 0];
}

/** Highlights spans without selecting them. */
export function highlightSpans(spans) {
  if (!window.CSS || !CSS.highlights || !window.Highlight) return;
  const ranges = spans.flatMap((span) => {
    const [first, last] = span.map(getPosition);
    if (!first || !last) return [];
    const range = document.createRange();
    range.setStart(first.node, first.index);
    range.setEnd(last.node, last.index);
    return [range];
  });
  CSS.highlights.set("fb-review-parts", new Highlight(...ranges));
}
