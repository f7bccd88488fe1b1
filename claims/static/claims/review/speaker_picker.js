// Who is quoted: found by name and alias while one types.

import { screen, send } from "./navigation.js";

let asked = 0;

/** Wire the field of a card. */
export function wire() {
  const input = document.getElementById("fb-rv-name");
  if (!input) return;
  const list = document.getElementById("fb-rv-found");
  const form = document.getElementById("fb-rv-find");
  let chosen = -1;

  const rows = () => [...list.querySelectorAll("[role=option]")];
  const mark = (number) => {
    const all = rows();
    if (!all.length) return;
    chosen = (number + all.length) % all.length;
    all.forEach((row, at) => row.setAttribute("aria-selected", String(at === chosen)));
    input.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  };
  const take = (row) => {
    form.elements.speaker.value = row.dataset.id;
    send(form);
  };

  async function find() {
    const number = (asked += 1);
    await new Promise((resolve) => setTimeout(resolve, 120));
    if (asked !== number) return;
    const response = await fetch(`${screen().dataset.speakers}?q=${encodeURIComponent(input.value)}`, { credentials: "same-origin" });
    if (!response.ok || asked !== number) return;
    const { results } = await response.json();
    chosen = -1;
    list.replaceChildren(
      ...results.map(({ id, name, about }, at) => {
        const row = document.createElement("li");
        row.id = `fb-rv-found-${at}`;
        row.role = "option";
        row.dataset.id = id;
        const title = document.createElement("b");
        title.textContent = name;
        title.dir = "auto";
        const more = document.createElement("span");
        more.textContent = about;
        row.append(title, " ", more);
        row.addEventListener("click", () => take(row));
        return row;
      }),
    );
    if (!results.length && input.value.trim()) list.innerHTML = "<li class=fb-rv-none>Nobody of this name: say below who it is.</li>";
    input.setAttribute("aria-expanded", String(results.length > 0));
    if (results.length) mark(0);
  }

  input.addEventListener("input", find);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") mark(chosen + 1);
    else if (event.key === "ArrowUp") mark(chosen - 1);
    else if (event.key === "Enter") {
      const row = rows()[chosen];
      if (row) take(row);
    } else return;
    event.preventDefault();
  });
}
