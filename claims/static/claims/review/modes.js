// Correcting by selecting: the words of a quote, where it is split, what it is joined with, what was missed.
// One mode at a time; Enter saves, Escape leaves, and nothing is changed before.

import { reveal, scroller, selectShown, toQuote } from "./article.js";
import { length, offsetOf, paint, select, selected, words } from "./offsets.js";
import { screen, send, token } from "./navigation.js";

let mode = null;

export const current = () => mode?.name ?? "";

/** Begin a mode; one that is open is left first. */
export async function begin(name) {
  const template = document.getElementById(`fb-rv-mode-${name}`);
  if (!template) return;
  leave();
  const before = selected();
  const form = template.content.cloneNode(true).firstElementChild;
  document.querySelector(".fb-rv-actions").prepend(form);
  screen().dataset.mode = name;
  const spans = JSON.parse(screen().dataset.spans);
  mode = { name, form, parts: [], active: 0, from: "start", asked: 0, others: others(), other: -1 };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(event.submitter);
  });
  form.querySelector("[data-leave]").addEventListener("click", leave);
  scroller().focus({ preventScroll: true });
  if (matchMedia("(max-width: 1023px)").matches) scroller().scrollIntoView({ block: "start" });
  if (name === "words") {
    mode.parts = spans.map((span) => [...span]);
    await activate(0);
    toQuote();
  } else if (name === "add") {
    const given = before && before[0] < before[1] ? before : sentenceAfter(spans.at(-1)[1]);
    mode.parts = [given];
    await activate(0);
    show();
  } else if (name === "split") {
    const [start, end] = spans.length > 1 ? [spans[0][1], spans[1][0]] : [spans[0][0], spans[0][1]];
    const middle = Math.floor((start + end) / 2);
    const at = before && before[0] > spans[0][0] && before[1] < spans.at(-1)[1] ? before : [middle, middle];
    await selectShown(at, "start");
    if (at[0] === at[1]) document.getSelection().modify("move", "backward", "word");
    changed();
  } else {
    another(1);
  }
}

export function leave() {
  if (!mode) return;
  mode.form.remove();
  mode = null;
  delete screen().dataset.mode;
  paint([]);
  document.getSelection().removeAllRanges();
  caret(null);
  for (const each of document.querySelectorAll(".fb-rv-chosen")) each.classList.remove("fb-rv-chosen");
}

/** A key while a mode is open. Whether it meant something. */
export function key(event) {
  const text = mode.name === "words" || mode.name === "add";
  if (event.key === "Escape") leave();
  else if (event.key === "Enter" && event.target.tagName !== "BUTTON") save();
  else if (mode.name === "join" && (event.key === "ArrowRight" || event.key === "ArrowDown")) another(1);
  else if (mode.name === "join" && (event.key === "ArrowLeft" || event.key === "ArrowUp")) another(-1);
  else if (mode.name === "join") return false;
  else if (event.key === "ArrowLeft" || event.key === "ArrowRight") move(event.key === "ArrowLeft" ? "left" : "right", event.shiftKey);
  else if (text && (event.key === "ArrowUp" || event.key === "ArrowDown")) sentence(event.key === "ArrowDown");
  else if (text && event.key === "Tab" && !event.shiftKey) turn();
  else if (text && event.key === "&") part();
  else if (text && event.key === "Delete") drop();
  else if (mode.name === "add" && (event.key === "1" || event.key === "2")) tick(event.key);
  else return false;
  return true;
}

/** A click on another quote while quotes are joined. Whether it meant something. */
export function click(link) {
  if (mode?.name !== "join") return Boolean(mode);
  choose(mode.others.indexOf(link.dataset.quote));
  return true;
}

/** The selection is another. */
export function changed() {
  if (!mode || mode.name === "join") return;
  const span = selected();
  if (!span) return;
  if (mode.name === "split") return splitAt(span);
  caret(null);
  if (span[0] === span[1]) return;
  mode.parts[mode.active] = span;
  show();
}

function move(direction, byCharacter) {
  const selection = document.getSelection();
  if (mode.name === "split") selection.modify(byCharacter ? "extend" : "move", direction, "word");
  else {
    // Blanks at the ends are no part of a quote: a step over nothing else is no step.
    const seen = () => (words(selected() ?? [0, 0]) ?? "").trim();
    const before = seen();
    for (let step = 0; step < 5 && seen() === before; step += 1) selection.modify("extend", direction, byCharacter ? "character" : "word");
  }
  changed();
}

function sentence(down) {
  const [start, end] = mode.parts[mode.active];
  if (mode.name === "words") document.getSelection().modify("extend", down ? "forward" : "backward", "sentence");
  else {
    const next = down ? sentenceAfter(end) : sentenceBefore(start);
    if (next) {
      mode.parts[mode.active] = next;
      activate(mode.active);
      return;
    }
  }
  changed();
}

/** Take the other end. */
function turn() {
  mode.from = mode.from === "start" ? "end" : "start";
  select(mode.parts[mode.active], mode.from);
}

/** Keep the part and begin another after it. */
function part() {
  const after = sentenceAfter(mode.parts[mode.active][1]);
  if (!after) return;
  mode.parts.push(after);
  activate(mode.parts.length - 1);
}

function drop() {
  if (mode.parts.length === 1) return;
  mode.parts.splice(mode.active, 1);
  activate(Math.max(mode.active - 1, 0));
}

function tick(digit) {
  const box = mode.form.querySelectorAll(".fb-rv-row input")[Number(digit) - 1];
  if (box) box.checked = !box.checked;
}

async function activate(number) {
  const here = mode;
  here.active = number;
  await selectShown(here.parts[number], here.from);
  if (mode !== here) return;
  const place = document.getSelection().focusNode?.parentElement;
  if (place) follow(place);
  show();
}

/** Keep what is being selected on the screen. */
function follow(element) {
  const box = scroller().getBoundingClientRect();
  const range = document.getSelection().getRangeAt(0).getBoundingClientRect();
  if (range.top < box.top || range.bottom > box.bottom) reveal(element);
}

/** The parts, and what the server would make of them. */
function show() {
  const { form, parts, active } = mode;
  paint(parts.filter((_, number) => number !== active));
  const list = form.querySelector(".fb-rv-parts");
  list.hidden = parts.length < 2;
  list.replaceChildren(
    ...parts.map((span, number) => {
      const line = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words(span) ?? "…";
      button.setAttribute("aria-current", String(number === active));
      button.addEventListener("click", () => activate(number));
      line.append(button);
      return line;
    }),
  );
  const selection = selection_(parts);
  form.elements.selection.value = selection;
  preview(selection);
}

function selection_(parts) {
  const sorted = [...parts].sort((one, other) => one[0] - other[0]);
  return JSON.stringify({ sha256: screen().dataset.sha256, spans: sorted, words: sorted.map((span) => words(span) ?? "") });
}

async function preview(selection) {
  const here = mode;
  const number = (here.asked += 1);
  await new Promise((resolve) => setTimeout(resolve, 80));
  if (mode !== here || here.asked !== number) return;
  const body = new URLSearchParams({ csrfmiddlewaretoken: token(), selection });
  const response = await fetch(screen().dataset.preview, { method: "POST", credentials: "same-origin", body });
  if (!response.ok || mode !== here || here.asked !== number) return;
  said(await response.json());
}

function said({ problem, exact, before, after }) {
  const line = mode.form.querySelector(".fb-rv-preview");
  const save = mode.form.querySelector("[type=submit]");
  save.disabled = Boolean(problem);
  line.classList.toggle("fb-rv-problem", Boolean(problem));
  if (problem) {
    line.textContent = problem;
    return;
  }
  const quote = document.createElement("b");
  quote.textContent = exact;
  quote.dir = "auto";
  const flat = (text) => (text ?? "").replace(/\s+/g, " ");
  line.replaceChildren(`…${flat(before)}`, quote, `${flat(after)}…`);
}

function splitAt([start, end]) {
  const spans = JSON.parse(screen().dataset.spans);
  const [first, last] = [spans[0][0], spans.at(-1)[1]];
  caret(start === end ? start : null);
  mode.form.elements.at.value = start;
  mode.form.elements.until.value = end;
  const left = spans.filter((span) => span[0] < start).map(([from, to]) => words([from, Math.min(to, start)]));
  const right = spans.filter((span) => span[1] > end).map(([from, to]) => words([Math.max(from, end), to]));
  const problem = start <= first || end >= last ? "Put the cursor within the quote." : "";
  mode.form.querySelector("[type=submit]").disabled = Boolean(problem);
  const line = mode.form.querySelector(".fb-rv-preview");
  line.classList.toggle("fb-rv-problem", Boolean(problem));
  if (problem) {
    line.textContent = problem;
    return;
  }
  line.replaceChildren(
    ...[left, right].map((part, number) => {
      const quote = document.createElement("b");
      quote.textContent = `${number + 1}. ${part.join(" ").trim()}`;
      quote.dir = "auto";
      return quote;
    }),
  );
}

/** A cursor that can be seen: browsers draw none in text that is not edited. */
function caret(at) {
  const sign = document.getElementById("fb-rv-caret");
  if (!sign) return;
  const selection = document.getSelection();
  sign.hidden = at === null || !selection.rangeCount;
  if (sign.hidden) return;
  const box = scroller();
  const place = selection.getRangeAt(0).getClientRects()[0] ?? selection.getRangeAt(0).getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  sign.style.left = `${place.left - frame.left + box.scrollLeft}px`;
  sign.style.top = `${place.top - frame.top + box.scrollTop}px`;
  sign.style.height = `${place.height || 20}px`;
}

/** The other quotes of the article that are shown, nearest after this one first. */
function others() {
  const end = JSON.parse(screen().dataset.spans)[0][0];
  const links = [...document.querySelectorAll("#fb-rv-text [data-quote]")];
  const sorted = [...links.filter((each) => Number(each.dataset.at) > end), ...links.filter((each) => Number(each.dataset.at) <= end)];
  return [...new Set(sorted.map((each) => each.dataset.quote))];
}

function another(step) {
  if (!mode.others.length) {
    said({ problem: "No other quote of this article is shown." });
    return;
  }
  choose((mode.other + step + mode.others.length) % mode.others.length);
}

function choose(number) {
  if (number < 0) return;
  mode.other = number;
  mode.form.elements.other.value = mode.others[number];
  for (const each of document.querySelectorAll(".fb-rv-chosen")) each.classList.remove("fb-rv-chosen");
  const chosen = [...document.querySelectorAll(`#fb-rv-text [data-quote="${mode.others[number]}"]`)];
  for (const each of chosen) each.classList.add("fb-rv-chosen");
  mode.form.elements.seen_other.value = chosen[0].dataset.version;
  const line = mode.form.querySelector(".fb-rv-preview");
  const quote = document.createElement("b");
  quote.dir = "auto";
  quote.textContent = chosen.map((each) => each.textContent).join(" ");
  line.replaceChildren(quote, ` (${chosen[0].title})`);
  mode.form.querySelector("[type=submit]").disabled = false;
  reveal(chosen[0]);
}

function save(submitter) {
  changed(); // a browser tells of a selection a moment after it was made
  if (mode.form.querySelector("[type=submit]").disabled) return;
  const { form } = mode;
  if (mode.name !== "split" && mode.name !== "join") form.elements.selection.value = selection_(mode.parts);
  if (mode.name === "join" && !form.elements.other.value) return;
  mode = null;
  paint([]);
  send(form, submitter);
}

/** The sentence after an offset, or before one, within what is shown: as the browser's language data cut it. */
function sentenceAfter(at) {
  return sentences().find(([start]) => start >= at) ?? sentences().at(-1);
}

function sentenceBefore(at) {
  return sentences().findLast(([, end]) => end <= at) ?? sentences()[0];
}

function sentences() {
  const text = document.getElementById("fb-rv-text");
  const first = offsetOf(text, 0) ?? 0;
  const found = [];
  let at = first;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text.textContent)) {
    const size = length(segment);
    const lead = length(segment) - length(segment.trimStart());
    const tail = length(segment) - length(segment.trimEnd());
    if (lead < size) found.push([at + lead, at + size - tail]);
    at += size;
  }
  return found;
}
