import { cssColor } from "./palette.js";
import { element, numberText } from "./elements.js";

// Tools above the map: color, search, lasso, zoom and exports.
export function createTools(map, meta, canExport) {
  const colors = element("select", { onchange: event => map.colorBy(event.target.value) },
    element("option", { value: "topic", text: "Topic" }),
    element("option", { value: "probability", text: "Probability" }),
    ...meta.columns.map(column => element("option", {
      value: column.kind === "time" ? "time" : `attribute:${column.attribute}`,
      text: column.kind === "time" ? "Time" : column.attribute
    })));
  const search = element("input", {
    type: "search",
    placeholder: map.source.canSearchTexts ? "Words in texts or topics" : "Words in topics",
    onkeydown: event => event.key === "Enter" && map.searchFor(search.value),
    onsearch: () => map.searchFor(search.value)
  });
  const lasso = element("button", {
    type: "button", text: "Lasso", "aria-pressed": "false",
    title: "Draw around points to select them; or hold Shift and drag",
    onclick: () => map.switchLasso()
  });
  const labels = element("button", {
    type: "button", text: "Labels", "aria-pressed": "true", onclick: () => map.switchLabels()
  });
  const tools = element("div", { class: "map-tools" },
    element("label", {}, "Color ", colors),
    element("label", { class: "map-search" }, "Search ", search),
    element("button", { type: "button", text: "Find", onclick: () => map.searchFor(search.value) }),
    lasso,
    labels,
    element("button", { type: "button", text: "+", "aria-label": "Zoom in", onclick: () => map.zoomBy(1.6) }),
    element("button", { type: "button", text: "−", "aria-label": "Zoom out", onclick: () => map.zoomBy(1 / 1.6) }),
    element("button", { type: "button", text: "Show all", onclick: () => map.showAll() }),
    element("button", {
      type: "button", text: "Clear", title: "Remove search, selection and filters", onclick: () => map.clearSelection()
    }),
    canExport ? exportMenu(map) : null);
  const offerColor = (value, text) => [...colors.options].some(option => option.value === value)
    || colors.append(element("option", { value, text }));
  return { element: tools, colors, search, lasso, labels, offerColor };
}

function exportMenu(map) {
  const entry = (text, kind) => element("button", { type: "button", text, onclick: () => map.exportAs(kind) });
  return element("details", { class: "map-export" },
    element("summary", { text: "Export" }),
    element("div", {},
      entry("Picture (PNG)", "png"), entry("Drawing (SVG)", "svg"), entry("Points (CSV)", "csv"), entry("Points (JSON lines)", "jsonl"),
      entry("Page that opens from disk (HTML)", "html")));
}

// The legend: a scale, or one button per value that shows only its points.
export function showLegend(box, legend, map) {
  const most = 60;
  box.replaceChildren();
  if (legend.scale) {
    box.append(...legend.scale.map(([text, color]) => element("p", {}, swatch(color), text)));
    return;
  }

  for (const entry of legend.entries.slice(0, most)) {
    box.append(element("button", {
      type: "button", class: "map-entry", "aria-pressed": String(map.value === entry.value), title: entry.name,
      onclick: () => map.filterBy(map.value === entry.value ? null : entry.value)
    }, swatch(entry.color), element("span", { text: entry.name }),
    entry.count === undefined ? null : element("small", { text: numberText(entry.count) })));
  }

  if (legend.entries.length > most) {
    box.append(element("p", { class: "soft", text: `and ${numberText(legend.entries.length - most)} more` }));
  }
}

// Documents of a selection, the first ones with their texts.
export function showDocuments(box, title, documents, topicName) {
  box.replaceChildren(element("h3", { text: title }), element("ol", { class: "map-documents" },
    ...documents.map(document => element("li", {},
      element("strong", { text: document.id }),
      element("span", { class: "soft", text: ` ${topicName(document.row)}` }),
      element("p", { text: document.text.slice(0, 300) })))));
}

export function fillCard(card, document, topic, details) {
  card.replaceChildren(element("strong", { text: topic }));
  for (const line of details) {
    card.append(element("small", { text: line }));
  }

  if (document) {
    card.append(element("small", { text: document.id }), element("p", { text: document.text.slice(0, 400) }));
  }
}

function swatch(color) {
  const box = element("i", { class: "map-swatch", "aria-hidden": "true" });
  box.style.background = cssColor(color);
  return box;
}
