// The quote in copies of the article: a decision includes those that are ticked.

import { getScreen } from "./navigation.js";

const getBoxes = () => [...(getScreen()?.querySelectorAll(".fb-review-copy") ?? [])];

/** Shows the copies, with the focus on the first that can be left out. */
export function openCopies() {
  const details = document.getElementById("fb-review-copies");
  if (!details) return;
  details.open = true;
  details.querySelector("input, a")?.focus();
}

document.addEventListener("change", (event) => {
  if (!event.target.classList.contains("fb-review-copy")) return;
  const boxes = getBoxes();
  const ticked = boxes.filter((box) => box.checked).length;
  document.getElementById("fb-review-copies-left").textContent =
    ticked === boxes.length ? ticked : `${ticked} of ${boxes.length}`;
});

document.addEventListener("formdata", ({ target, formData }) => {
  if (!getScreen()?.contains(target)) return;
  const leftOut = getBoxes().filter((box) => !box.checked).map((box) => box.value);
  const copies = formData.getAll("copies").filter((id) => !leftOut.includes(id));
  formData.delete("copies");
  for (const id of copies) formData.append("copies", id);
});
