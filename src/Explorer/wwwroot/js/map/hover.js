import { fillCard } from "./panel.js";

// Card of the point under the pointer, and the texts of documents.
const hoverDelay = 60;
const mostTextsKept = 5000;
const documentsOfCall = 100;

export function hoverPoint(map, point) {
  const row = point === null ? null : map.nearest(point);
  if (row === map.hovered) {
    return;
  }

  map.hovered = row;
  map.drawOverlay();
  map.card.hidden = row === null;
  clearTimeout(map.hoverTimer);
  if (row === null) {
    return;
  }

  const details = [`probability ${(map.points.probabilities[row] / 255).toFixed(2)}`];
  fillCard(map.card, map.texts.get(row), map.topicName(row), details);
  placeCard(map, point);
  if (!map.texts.has(row)) {
    map.hoverTimer = setTimeout(async () => {
      const [document] = await map.documents([row]);
      if (map.hovered === row && document) {
        fillCard(map.card, document, map.topicName(row), details);
        placeCard(map, point);
      }
    }, hoverDelay);
  }
}

// The card is on the side of the point where there is more room.
function placeCard(map, point) {
  const { style } = map.card;
  const right = point[0] > map.view.width / 2;
  const low = point[1] > map.view.height / 2;
  style.left = right ? "" : `${point[0] + 14}px`;
  style.right = right ? `${map.view.width - point[0] + 14}px` : "";
  style.top = low ? "" : `${point[1] + 14}px`;
  style.bottom = low ? `${map.view.height - point[1] + 14}px` : "";
}

// Returns the documents of rows. Texts that were read are kept, up to a limit.
export async function readDocuments(map, rows) {
  const missing = rows.filter(row => !map.texts.has(row));
  for (let at = 0; at < missing.length; at += documentsOfCall) {
    try {
      for (const document of await map.source.documents(missing.slice(at, at + documentsOfCall))) {
        map.texts.set(document.row, document);
      }
    } catch (error) {
      map.say(error.message);
      break;
    }
  }

  const found = rows.map(row => map.texts.get(row)).filter(document => document !== undefined);
  if (map.texts.size > mostTextsKept) {
    map.texts = new Map(found.map(document => [document.row, document]));
  }

  return found;
}
