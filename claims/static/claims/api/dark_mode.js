// Swagger UI has dark colours of its own, for a class of the root element.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const setColors = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", setColors);
setColors();
