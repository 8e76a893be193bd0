import { numberText } from "./elements.js";
import { rowsInLasso } from "./overlay.js";
import { showDocuments } from "./panel.js";

const hoverPixels = 10;
const listedDocuments = 50;

// Row of the point under a pixel, or null.
export function nearestPoint(map, point) {
  const { view } = map;
  const [left, top] = view.toMap(point[0] - hoverPixels, point[1] - hoverPixels);
  const [right, bottom] = view.toMap(point[0] + hoverPixels, point[1] + hoverPixels);
  const across = 65535 / (view.aspectX || 1);
  const down = 65535 / (view.aspectY || 1);
  let best = null;
  let least = hoverPixels ** 2;
  map.grid.visit(left * across, right * across, 65535 - bottom * down, 65535 - top * down, (row, x, y) => {
    const [px, py] = view.toPixel(...view.unit(x, y));
    const away = (px - point[0]) ** 2 + (py - point[1]) ** 2;
    if (away < least && (map.isOn === null || map.isOn[row])) {
      least = away;
      best = row;
    }
  });
  return best;
}

// Keeps the document under a pixel beside the map. The click that ends a lasso picks nothing.
export async function pickPoint(map, point) {
  const row = map.lastLasso ? null : nearestPoint(map, point);
  map.lastLasso = false;
  if (row !== null) {
    showDocuments(map.list, "Document", await map.documents([row]), at => map.topicName(at));
  }
}

export function endLasso(map) {
  const rows = map.lasso.length > 2 ? rowsInLasso(map.lasso, map.view, map.grid) : [];
  map.lastLasso = map.lasso.length > 2;
  map.lasso = [];
  if (rows.length > 0) {
    selectRows(map, rows, "Selected documents");
  } else {
    map.drawOverlay();
  }
}

async function selectRows(map, rows, title) {
  map.selected = new Set(rows);
  map.refresh();
  map.say(`${numberText(rows.length)} documents selected`);
  map.host.dispatchEvent(new CustomEvent("mapselect", { detail: rows }));
  const documents = await map.documents(rows.slice(0, listedDocuments));
  showDocuments(map.list, `${title}: ${numberText(rows.length)}`, documents, row => map.topicName(row));
}
