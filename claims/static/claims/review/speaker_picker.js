// Searches speakers by name and alias while the editor types.

import { request } from "../common/session.js";
import { getScreen, submitForm } from "./navigation.js";

const DEBOUNCE = 120; // milliseconds
let requestNumber = 0;

/** Sets up the search field of the current card. */
export function initSpeakerPicker() {
  const input = document.getElementById("fb-review-speaker-name");
  if (!input) return;
  const list = document.getElementById("fb-review-speaker-results");
  const form = document.getElementById("fb-review-speaker-search");
  let activeIndex = -1;

  const getOptions = () => [...list.querySelectorAll("[role=option]")];
  const activate = (index) => {
    const options = getOptions();
    if (!options.length) return;
    activeIndex = (index + options.length) % options.length;
    options.forEach((option, position) => option.setAttribute("aria-selected", String(position === activeIndex)));
    input.setAttribute("aria-activedescendant", options[activeIndex].id);
    options[activeIndex].scrollIntoView({ block: "nearest" });
  };
  const choose = (option) => {
    form.elements.speaker.value = option.dataset.id;
    submitForm(form);
  };

  function createOption({ id, name, about }, index) {
    const option = document.createElement("li");
    option.id = `fb-review-speaker-result-${index}`;
    option.role = "option";
    option.dataset.id = id;
    const title = document.createElement("b");
    title.textContent = name;
    title.dir = "auto";
    const details = document.createElement("span");
    details.textContent = about;
    option.append(title, " ", details);
    option.addEventListener("click", () => choose(option));
    return option;
  }

  async function search() {
    const number = (requestNumber += 1);
    await new Promise((resolve) => setTimeout(resolve, DEBOUNCE));
    if (requestNumber !== number) return;
    const url = `${getScreen().dataset.speakersUrl}?q=${encodeURIComponent(input.value)}`;
    const response = await request(url).catch(() => null);
    if (requestNumber !== number) return;
    if (!response?.ok) {
      list.innerHTML = "<li class=fb-review-no-match>No connection. Try again.</li>";
      return;
    }
    const { results } = await response.json();
    activeIndex = -1;
    list.replaceChildren(...results.map(createOption));
    if (!results.length && input.value.trim()) {
      list.innerHTML = "<li class=fb-review-no-match>No match. Add below.</li>";
    }
    input.setAttribute("aria-expanded", String(results.length > 0));
    if (results.length) activate(0);
  }

  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") activate(activeIndex + 1);
    else if (event.key === "ArrowUp") activate(activeIndex - 1);
    else if (event.key === "Enter") {
      const option = getOptions()[activeIndex];
      if (option) choose(option);
    } else return;
    event.preventDefault();
  });
}
