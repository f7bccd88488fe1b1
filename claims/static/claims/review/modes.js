// Editing modes that work by selecting text in the article: correct the words, split, join, add a quote.
// One mode is active at a time. Enter saves and Escape cancels; nothing changes before that.

import { request } from "../common/session.js";
import { getScroller, scrollToElement, scrollToQuote, showAndSelect } from "./article.js";
import { getScreen, submitForm } from "./navigation.js";
import {
  countCodePoints,
  getOffset,
  getSelectedSpan,
  getText,
  highlightSpans,
  selectSpan,
} from "./offsets.js";

const PREVIEW_DEBOUNCE = 80; // milliseconds
const MAX_BLANK_STEPS = 5;
let mode = null;

export const getActiveMode = () => mode?.name ?? "";

const usesParts = () => mode.name === "words" || mode.name === "add";
const getQuoteSpans = () => JSON.parse(getScreen().dataset.spans);
const getPreview = () => mode.form.querySelector(".fb-review-preview");
const getSubmitButton = () => mode.form.querySelector("[type=submit]");

/** Starts a mode, cancelling the one that is active. */
export async function startMode(name) {
  const template = document.getElementById(`fb-review-mode-${name}`);
  if (!template) return;
  cancelMode();
  const selection = getSelectedSpan();
  const form = template.content.cloneNode(true).firstElementChild;
  document.querySelector(".fb-review-actions").prepend(form);
  getScreen().dataset.mode = name;
  const spans = getQuoteSpans();
  mode = {
    name,
    form,
    parts: [], // spans of the corrected or added quote
    activePart: 0,
    isSelecting: false,
    fixedEnd: "start",
    requestNumber: 0,
    otherQuotes: findOtherQuotes(),
    otherIndex: -1,
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(event.submitter);
  });
  form.querySelector("[data-cancel]").addEventListener("click", cancelMode);
  getScroller().focus({ preventScroll: true });
  if (matchMedia("(max-width: 1023px)").matches) getScroller().scrollIntoView({ block: "start" });
  if (name === "words") {
    mode.parts = spans.map((span) => [...span]);
    await activatePart(0);
    scrollToQuote();
  } else if (name === "add") {
    const isSelected = selection && selection[0] < selection[1];
    mode.parts = [isSelected ? selection : findSentenceAfter(spans.at(-1)[1])];
    await activatePart(0);
    renderParts();
  } else if (name === "split") {
    const [start, end] = spans.length > 1 ? [spans[0][1], spans[1][0]] : [spans[0][0], spans[0][1]];
    const middle = Math.floor((start + end) / 2);
    const isInQuote = selection && selection[0] > spans[0][0] && selection[1] < spans.at(-1)[1];
    const gap = isInQuote ? selection : [middle, middle];
    await showAndSelect(gap, "start");
    if (gap[0] === gap[1]) document.getSelection().modify("move", "backward", "word");
    handleSelectionChange();
  } else {
    stepToOtherQuote(1);
  }
}

export function cancelMode() {
  if (!mode) return;
  mode.form.remove();
  mode = null;
  delete getScreen().dataset.mode;
  highlightSpans([]);
  document.getSelection().removeAllRanges();
  drawCaret(null);
  clearSelectedQuote();
}

function clearSelectedQuote() {
  for (const link of document.querySelectorAll(".fb-review-selected-quote")) {
    link.classList.remove("fb-review-selected-quote");
  }
}

/** Handles a key while a mode is active. Returns whether the key has a meaning. */
export function handleKey(event) {
  handleSelectionChange(); // the browser reports a selection only after the key that follows it
  const { key } = event;
  if (key === "Escape") cancelMode();
  else if (key === "Enter" && event.target.tagName !== "BUTTON") save();
  else if (mode.name === "join") {
    if (key === "ArrowRight" || key === "ArrowDown") stepToOtherQuote(1);
    else if (key === "ArrowLeft" || key === "ArrowUp") stepToOtherQuote(-1);
    else return false;
  } else if (key === "ArrowLeft" || key === "ArrowRight") {
    moveSelection(key === "ArrowLeft" ? "left" : "right", event.shiftKey);
  } else if (usesParts() && (key === "ArrowUp" || key === "ArrowDown")) moveToSentence(key === "ArrowDown");
  else if (usesParts() && key === "Tab" && !event.shiftKey) switchEnd();
  else if (usesParts() && key === "&") addPart();
  else if (usesParts() && key === "Delete") removePart();
  else if (mode.name === "add" && (key === "1" || key === "2")) toggleOption(Number(key) - 1);
  else return false;
  return true;
}

/** Handles a click on another quote. Returns whether the active mode uses it. */
export function handleQuoteClick(link) {
  if (mode?.name !== "join") return Boolean(mode);
  chooseOtherQuote(mode.otherQuotes.indexOf(link.dataset.quote));
  return true;
}

export function handleSelectionChange() {
  if (!mode || mode.name === "join" || mode.isSelecting) return;
  const span = getSelectedSpan();
  if (!span) return;
  if (mode.name === "split") {
    setSplit(span);
    return;
  }
  drawCaret(null);
  if (span[0] === span[1]) return;
  mode.parts[mode.activePart] = span;
  renderParts();
}

function moveSelection(direction, byCharacter) {
  const selection = document.getSelection();
  if (mode.name === "split") selection.modify(byCharacter ? "extend" : "move", direction, "word");
  else {
    // Blanks at the ends are not part of a quote, so a step over blanks alone is repeated.
    const getTrimmedText = () => (getText(getSelectedSpan() ?? [0, 0]) ?? "").trim();
    const before = getTrimmedText();
    for (let step = 0; step < MAX_BLANK_STEPS && getTrimmedText() === before; step += 1) {
      selection.modify("extend", direction, byCharacter ? "character" : "word");
    }
  }
  handleSelectionChange();
}

function moveToSentence(forward) {
  const [start, end] = mode.parts[mode.activePart];
  if (mode.name === "words") document.getSelection().modify("extend", forward ? "forward" : "backward", "sentence");
  else {
    const sentence = forward ? findSentenceAfter(end) : findSentenceBefore(start);
    if (sentence) {
      mode.parts[mode.activePart] = sentence;
      activatePart(mode.activePart);
      return;
    }
  }
  handleSelectionChange();
}

/** Makes the arrow keys move the other end of the part. */
function switchEnd() {
  mode.fixedEnd = mode.fixedEnd === "start" ? "end" : "start";
  selectSpan(mode.parts[mode.activePart], mode.fixedEnd);
}

function addPart() {
  const sentence = findSentenceAfter(mode.parts[mode.activePart][1]);
  if (!sentence) return;
  mode.parts.push(sentence);
  activatePart(mode.parts.length - 1);
}

function removePart() {
  if (mode.parts.length === 1) return;
  mode.parts.splice(mode.activePart, 1);
  activatePart(Math.max(mode.activePart - 1, 0));
}

function toggleOption(index) {
  const checkbox = mode.form.querySelectorAll(".fb-review-row input")[index];
  if (checkbox) checkbox.checked = !checkbox.checked;
}

async function activatePart(index) {
  const currentMode = mode;
  currentMode.activePart = index;
  currentMode.isSelecting = true; // until then, what is selected belongs to another part
  await showAndSelect(currentMode.parts[index], currentMode.fixedEnd);
  if (mode !== currentMode || currentMode.activePart !== index) return;
  currentMode.isSelecting = false;
  const element = document.getSelection().focusNode?.parentElement;
  if (element) keepSelectionVisible(element);
  renderParts();
}

function keepSelectionVisible(element) {
  const column = getScroller().getBoundingClientRect();
  const selection = document.getSelection().getRangeAt(0).getBoundingClientRect();
  if (selection.top < column.top || selection.bottom > column.bottom) scrollToElement(element);
}

/** Lists the parts and asks the server for a preview of the quote. */
function renderParts() {
  const { form, parts, activePart } = mode;
  highlightSpans(parts.filter((_, index) => index !== activePart));
  const list = form.querySelector(".fb-review-parts");
  list.hidden = parts.length < 2;
  list.replaceChildren(
    ...parts.map((span, index) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = getText(span) ?? "…";
      button.setAttribute("aria-current", String(index === activePart));
      button.addEventListener("click", () => activatePart(index));
      item.append(button);
      return item;
    }),
  );
  const selection = serializeParts(parts);
  if (form.elements.selection.value !== selection) getSubmitButton().disabled = false; // a problem was the old one's
  form.elements.selection.value = selection;
  requestPreview(selection);
}

function serializeParts(parts) {
  const spans = [...parts].sort((a, b) => a[0] - b[0]);
  const words = spans.map((span) => getText(span) ?? "");
  return JSON.stringify({ sha256: getScreen().dataset.sha256, spans, words });
}

async function requestPreview(selection) {
  const currentMode = mode;
  const number = (currentMode.requestNumber += 1);
  const isStale = () => mode !== currentMode || currentMode.requestNumber !== number;
  await new Promise((resolve) => setTimeout(resolve, PREVIEW_DEBOUNCE));
  if (isStale()) return;
  const response = await request(getScreen().dataset.previewUrl, { data: { selection } }).catch(() => null);
  if (!response?.ok || isStale()) return;
  const preview = await response.json();
  if (!isStale()) renderPreview(preview);
}

/** Shows a problem, or clears it. Returns whether there is one. */
function renderProblem(problem) {
  const preview = getPreview();
  getSubmitButton().disabled = Boolean(problem);
  preview.classList.toggle("fb-review-problem", Boolean(problem));
  if (problem) preview.textContent = problem;
  return Boolean(problem);
}

function createQuoteElement(text) {
  const element = document.createElement("b");
  element.dir = "auto";
  element.textContent = text;
  return element;
}

function renderPreview({ problem, exact, before, after }) {
  if (renderProblem(problem)) return;
  const collapse = (text) => (text ?? "").replace(/\s+/g, " ");
  getPreview().replaceChildren(`…${collapse(before)}`, createQuoteElement(exact), `${collapse(after)}…`);
}

function setSplit([start, end]) {
  const spans = getQuoteSpans();
  const [first, last] = [spans[0][0], spans.at(-1)[1]];
  drawCaret(start === end ? start : null);
  mode.form.elements.at.value = start;
  mode.form.elements.until.value = end;
  const left = spans.filter((span) => span[0] < start).map(([from, to]) => getText([from, Math.min(to, start)]));
  const right = spans.filter((span) => span[1] > end).map(([from, to]) => getText([Math.max(from, end), to]));
  if (renderProblem(start <= first || end >= last ? "Place the cursor inside the quote." : "")) return;
  getPreview().replaceChildren(
    ...[left, right].map((texts, index) => createQuoteElement(`${index + 1}. ${texts.join(" ").trim()}`)),
  );
}

/** Draws a caret at the selection, because browsers draw none in text that is not editable; null hides it. */
function drawCaret(offset) {
  const caret = document.getElementById("fb-review-caret");
  if (!caret) return;
  const selection = document.getSelection();
  caret.hidden = offset === null || !selection.rangeCount;
  if (caret.hidden) return;
  const scroller = getScroller();
  const range = selection.getRangeAt(0);
  const cursor = range.getClientRects()[0] ?? range.getBoundingClientRect();
  const column = scroller.getBoundingClientRect();
  caret.style.left = `${cursor.left - column.left + scroller.scrollLeft}px`;
  caret.style.top = `${cursor.top - column.top + scroller.scrollTop}px`;
  caret.style.height = `${cursor.height || 20}px`;
}

/** Returns the ids of the other quotes shown in the article: those after this one in reading order, then the rest. */
function findOtherQuotes() {
  const start = getQuoteSpans()[0][0];
  const links = [...document.querySelectorAll("#fb-review-text [data-quote]")];
  const isAfter = (link) => Number(link.dataset.start) > start;
  const ordered = [...links.filter(isAfter), ...links.filter((link) => !isAfter(link))];
  return [...new Set(ordered.map((link) => link.dataset.quote))];
}

function stepToOtherQuote(step) {
  if (!mode.otherQuotes.length) {
    renderProblem("No other quotes are shown in this article.");
    return;
  }
  chooseOtherQuote((mode.otherIndex + step + mode.otherQuotes.length) % mode.otherQuotes.length);
}

function chooseOtherQuote(index) {
  if (index < 0) return;
  mode.otherIndex = index;
  const quoteId = mode.otherQuotes[index];
  mode.form.elements.other.value = quoteId;
  clearSelectedQuote();
  const links = [...document.querySelectorAll(`#fb-review-text [data-quote="${quoteId}"]`)];
  for (const link of links) link.classList.add("fb-review-selected-quote");
  mode.form.elements.seen_other.value = links[0].dataset.version;
  const text = links.map((link) => link.textContent).join(" ");
  getPreview().replaceChildren(createQuoteElement(text), ` (${links[0].title})`);
  getSubmitButton().disabled = false;
  scrollToElement(links[0]);
}

function save(submitter) {
  handleSelectionChange(); // the browser's own event may not have arrived yet
  if (getSubmitButton().disabled) return;
  const { form } = mode; // the mode ends when another screen is shown, and stays if that fails
  if (usesParts()) form.elements.selection.value = serializeParts(mode.parts);
  if (mode.name === "join" && !form.elements.other.value) return;
  submitForm(form, submitter);
}

function findSentenceAfter(offset) {
  return findSentences().find(([start]) => start >= offset) ?? findSentences().at(-1);
}

function findSentenceBefore(offset) {
  return findSentences().findLast(([, end]) => end <= offset) ?? findSentences()[0];
}

/** Returns the spans of the sentences of the visible text, without surrounding blanks, as the browser segments them. */
function findSentences() {
  const text = document.getElementById("fb-review-text");
  const sentences = [];
  let offset = getOffset(text, 0) ?? 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text.textContent)) {
    const size = countCodePoints(segment);
    const leading = size - countCodePoints(segment.trimStart());
    const trailing = size - countCodePoints(segment.trimEnd());
    if (leading < size) sentences.push([offset + leading, offset + size - trailing]);
    offset += size;
  }
  return sentences;
}
