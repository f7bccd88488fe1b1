// Suggests colleagues while a comment is written: `@` and some letters open the list, the arrow keys choose a name, and
// Enter or Tab inserts it. Without this script the whole name has to be typed.

import { request } from "../common/session.js";

{
  const MENTION_BEFORE_CURSOR = /(?<![\w@.+-])@([\w.@+-]{0,150})$/u;
  const DEBOUNCE = 120; // milliseconds
  let list = null; // the suggestions below the field
  let field = null;
  let activeIndex = 0;
  let requestNumber = 0;

  const typedName = (textarea) => {
    const match = MENTION_BEFORE_CURSOR.exec(textarea.value.slice(0, textarea.selectionStart));
    return textarea.selectionStart === textarea.selectionEnd && match ? match[1] : null;
  };

  const close = () => {
    requestNumber += 1;
    if (!list) return;
    list.remove();
    field.removeAttribute("aria-controls");
    field.removeAttribute("aria-activedescendant");
    list = field = null;
  };

  const activate = (index) => {
    const options = [...list.children];
    activeIndex = (index + options.length) % options.length;
    options.forEach((option, position) => option.setAttribute("aria-selected", String(position === activeIndex)));
    field.setAttribute("aria-activedescendant", options[activeIndex].id);
    options[activeIndex].scrollIntoView({ block: "nearest" });
  };

  const insert = (option) => {
    const textarea = field;
    const end = textarea.selectionStart;
    const start = end - typedName(textarea).length;
    close();
    textarea.setRangeText(`${option.dataset.name} `, start, end, "end");
    textarea.focus();
    textarea.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const open = (textarea, people) => {
    close();
    if (!people.length) return;
    field = textarea;
    list = document.createElement("ul");
    list.className = "fb-mention-list";
    list.id = `${textarea.id}-people`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Colleagues");
    list.append(
      ...people.map(({ name, about }, index) => {
        const option = document.createElement("li");
        option.id = `${textarea.id}-people-${index}`;
        option.setAttribute("role", "option");
        option.dataset.name = name;
        const username = document.createElement("b");
        username.textContent = `@${name}`;
        option.append(username, about ? ` ${about}` : "");
        option.addEventListener("mousedown", (event) => {
          event.preventDefault(); // the field keeps the focus
          insert(option);
        });
        return option;
      }),
    );
    textarea.after(list);
    textarea.setAttribute("aria-controls", list.id);
    activate(0);
  };

  document.addEventListener("input", async (event) => {
    const textarea = event.target;
    if (!textarea.matches?.("textarea[data-fb-mentions]")) return;
    const letters = typedName(textarea);
    if (letters === null) {
      close();
      return;
    }
    const number = (requestNumber += 1);
    await new Promise((resolve) => setTimeout(resolve, DEBOUNCE));
    if (requestNumber !== number) return;
    try {
      const url = `${textarea.dataset.fbMentions}?q=${encodeURIComponent(letters)}`;
      const response = await request(url);
      const { results } = response.ok ? await response.json() : { results: [] };
      if (requestNumber === number && textarea.isConnected) open(textarea, results);
    } catch {
      close(); // the whole name can still be typed
    }
  });

  document.addEventListener(
    "keydown",
    (event) => {
      if (!list || event.target !== field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "ArrowDown") activate(activeIndex + 1);
      else if (event.key === "ArrowUp") activate(activeIndex - 1);
      else if (event.key === "Enter" || event.key === "Tab") insert(list.children[activeIndex]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  document.addEventListener("focusout", close);
}
