import { escapeMarkup } from "./elements.js";
import { pageOf } from "./exportPage.js";
import { visibleLabels } from "./overlay.js";
import { cssColor } from "./palette.js";

// Files of a map: a picture or drawing of what is visible, the points that pass the filters, or the whole map as one page.
const mostCircles = 50000;

export async function exportMap(map, kind) {
  const name = `${map.meta.model}-${map.meta.version}-map.${kind}`;
  switch (kind) {
    case "png":
      return download(name, await pictureOf(map));
    case "svg":
      return download(name, new Blob([drawingOf(map)], { type: "image/svg+xml" }));
    case "csv":
      return download(name, new Blob([csvOf(map)], { type: "text/csv" }));
    case "jsonl":
      return download(name, new Blob([jsonLinesOf(map)], { type: "application/x-ndjson" }));
    default:
      return download(name, new Blob([await pageOf(map)], { type: "text/html" }));
  }
}

function download(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function pictureOf(map) {
  map.paint();
  const canvas = document.createElement("canvas");
  canvas.width = map.pointCanvas.width;
  canvas.height = map.pointCanvas.height;
  const context = canvas.getContext("2d");
  context.fillStyle = getComputedStyle(map.host).getPropertyValue("--ground") || "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(map.pointCanvas, 0, 0);
  context.drawImage(map.overlayCanvas, 0, 0);
  return new Promise(resolve => canvas.toBlob(resolve, "image/png"));
}

export function drawingOf(map) {
  const { view } = map;
  const style = getComputedStyle(map.host);
  const ground = style.getPropertyValue("--ground") || "#ffffff";
  const text = style.getPropertyValue("--text") || "#1b2430";
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.round(view.width)} ${Math.round(view.height)}" font-family="sans-serif">`,
    `<rect width="100%" height="100%" fill="${ground}"/>`
  ];
  const rows = [];
  map.grid.visit(...view.visibleSteps(), row => rows.push(row));
  if (rows.length > mostCircles) {
    const picture = map.pointCanvas.toDataURL("image/png");
    parts.push(`<image width="${Math.round(view.width)}" height="${Math.round(view.height)}" href="${picture}"/>`);
  } else {
    const size = Math.min(Math.max(Math.sqrt(view.width * view.height / Math.max(rows.length, 1)) * 0.17, 0.75), 4.5).toFixed(2);
    for (const row of rows) {
      const [px, py] = view.toPixel(...view.unit(map.points.positions[2 * row], map.points.positions[2 * row + 1]));
      const color = [map.colors[4 * row], map.colors[4 * row + 1], map.colors[4 * row + 2]];
      const opacity = map.colors[4 * row + 3] === 255 ? 0.85 : 0.1;
      parts.push(`<circle cx="${px.toFixed(1)}" cy="${py.toFixed(1)}" r="${size}" fill="${cssColor(color)}" fill-opacity="${opacity}"/>`);
    }
  }

  const context = map.overlayCanvas.getContext("2d");
  for (const { label, px, py } of visibleLabels(map.meta.labels, view, one => context.measureText(one).width)) {
    parts.push(`<text x="${px.toFixed(1)}" y="${py.toFixed(1)}" font-size="12" font-weight="600" text-anchor="middle" fill="${text}" `
      + `stroke="${ground}" stroke-width="4" stroke-linejoin="round" paint-order="stroke">${escapeMarkup(label.text)}</text>`);
  }

  return `${parts.join("\n")}\n</svg>\n`;
}

function* recordsOf(map) {
  for (let row = 0; row < map.points.count; row++) {
    if (map.isOn !== null && !map.isOn[row]) {
      continue;
    }

    const [x, y] = map.view.layoutOf(row, map.points.positions);
    yield {
      row, x: Number(x.toFixed(5)), y: Number(y.toFixed(5)), topic_id: map.points.topics[row], topic: map.topicName(row),
      probability: Number((map.points.probabilities[row] / 255).toFixed(3))
    };
  }
}

function csvOf(map) {
  const lines = ["row,x,y,topic_id,topic,probability"];
  for (const record of recordsOf(map)) {
    lines.push(Object.values(record).map(quoteCsv).join(","));
  }

  return `${lines.join("\r\n")}\r\n`;
}

function jsonLinesOf(map) {
  const lines = [];
  for (const record of recordsOf(map)) {
    lines.push(JSON.stringify(record));
  }

  return `${lines.join("\n")}\n`;
}

// A spreadsheet runs a text that starts with one of these characters as a formula.
function quoteCsv(value) {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
