// Creates an element. Texts are set as text, never as markup: they may come from documents.
export function element(name, options = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(options)) {
    if (key === "class") {
      made.className = value;
    } else if (key === "text") {
      made.textContent = value;
    } else if (key.startsWith("on")) {
      made.addEventListener(key.slice(2), value);
    } else if (value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? "" : value);
    }
  }

  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

export function numberText(value) {
  return new Intl.NumberFormat("en-US").format(value);
}

// A text for HTML and SVG, without the characters that XML forbids.
export function escapeMarkup(text) {
  return text.replace(/[&<>"]/g, letter => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter])
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
}
