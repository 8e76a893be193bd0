// Dark or light: the choice of the visitor, otherwise that of the system. Runs before the first paint of the content.
const key = "topicgrpc-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

function current() {
  return document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light");
}

const chosen = localStorage.getItem(key);
if (chosen === "dark" || chosen === "light") {
  document.documentElement.dataset.theme = chosen;
}

document.addEventListener("click", event => {
  if (event.target.closest?.("[data-theme-switch]")) {
    const next = current() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    localStorage.setItem(key, next);
    document.dispatchEvent(new CustomEvent("themechange", { detail: next }));
  }
});
