// Colleagues' names while a comment is written: `@` and some letters offer them, the arrow keys choose, Enter or Tab takes.
// Without this script a name is typed as a whole.
"use strict";

(() => {
  const AFTER_AT = /(?<![\w@.+-])@([\w.@+-]{0,150})$/u;
  let list = null; // the names that are offered, below the field
  let field = null;
  let chosen = 0;
  let asked = 0;

  const wanted = (area) => {
    const found = AFTER_AT.exec(area.value.slice(0, area.selectionStart));
    return area.selectionStart === area.selectionEnd && found ? found[1] : null;
  };

  const close = () => {
    asked += 1;
    if (!list) return;
    list.remove();
    field.removeAttribute("aria-controls");
    field.removeAttribute("aria-activedescendant");
    list = field = null;
  };

  const mark = (number) => {
    const rows = [...list.children];
    chosen = (number + rows.length) % rows.length;
    rows.forEach((row, at) => row.setAttribute("aria-selected", String(at === chosen)));
    field.setAttribute("aria-activedescendant", rows[chosen].id);
    rows[chosen].scrollIntoView({ block: "nearest" });
  };

  const take = (row) => {
    const area = field;
    const end = area.selectionStart;
    const start = end - wanted(area).length;
    close();
    area.setRangeText(`${row.dataset.name} `, start, end, "end");
    area.focus();
    area.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const offer = (area, people) => {
    close();
    if (!people.length) return;
    field = area;
    list = document.createElement("ul");
    list.className = "fb-people";
    list.id = `${area.id}-people`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Colleagues");
    list.append(
      ...people.map(({ name, about }, at) => {
        const row = document.createElement("li");
        row.id = `${area.id}-people-${at}`;
        row.setAttribute("role", "option");
        row.dataset.name = name;
        const who = document.createElement("b");
        who.textContent = `@${name}`;
        row.append(who, about ? ` ${about}` : "");
        row.addEventListener("mousedown", (event) => {
          event.preventDefault(); // the field keeps the focus
          take(row);
        });
        return row;
      }),
    );
    area.after(list);
    area.setAttribute("aria-controls", list.id);
    mark(0);
  };

  document.addEventListener("input", async (event) => {
    const area = event.target;
    if (!area.matches?.("textarea[data-fb-people]")) return;
    const letters = wanted(area);
    if (letters === null) {
      close();
      return;
    }
    const number = (asked += 1);
    await new Promise((resolve) => setTimeout(resolve, 120));
    if (asked !== number) return;
    try {
      const response = await fetch(`${area.dataset.fbPeople}?q=${encodeURIComponent(letters)}`, { credentials: "same-origin" });
      const { results } = response.ok ? await response.json() : { results: [] };
      if (asked === number && area.isConnected) offer(area, results);
    } catch {
      close(); // a name can be typed as a whole
    }
  });

  document.addEventListener(
    "keydown",
    (event) => {
      if (!list || event.target !== field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "ArrowDown") mark(chosen + 1);
      else if (event.key === "ArrowUp") mark(chosen - 1);
      else if (event.key === "Enter" || event.key === "Tab") take(list.children[chosen]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  document.addEventListener("focusout", close);
})();
