import { escapeMarkup, numberText } from "./elements.js";

// Documents whose texts are in an exported page, characters of all texts, and bytes of the columns to color by. They bound the file.
const mostTexts = 50000;
const mostCharacters = 4000000;
const mostColumnBytes = 16 << 20;
const longestText = 300;
const documentsOfRequest = 100;
const parallelRequests = 4;
const corpusDeleted = 409;

// In the order in which the exported page needs them.
const moduleNames = ["points", "view", "grid", "palette", "coloring", "density", "elements", "gl", "canvas", "overlay", "source",
  "gestures", "panel", "brush", "hover", "address", "filter", "selection", "exportPage", "export", "map"];

// The whole map as one page: modules, style and data are inside, and the page loads nothing.
export async function pageOf(map) {
  const base = new URL(".", import.meta.url);
  const sources = await Promise.all(moduleNames.map(name => textOf(new URL(`${name}.js`, base))));
  const style = await textOf(new URL("../../css/map.css", base));
  const documents = await documentsOf(map);
  const columns = await columnsOf(map);
  const content = {
    meta: { ...map.meta, columns: columns.map(column => column.meta) },
    points: base64Of(await map.source.buffer(`points?etag=${encodeURIComponent(map.meta.etag)}`)),
    columns,
    documents,
    count: map.points.count,
    length: textPlan(map.points.count).length
  };
  return pageText(map.meta, style, sources, content);
}

export function pageText(meta, style, sources, content) {
  const script = sources.map(inlineModule).join("\n");
  // "<" never appears in the data, so no text of a document can end the script.
  const data = JSON.stringify(content).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  const title = escapeMarkup(`Map of ${meta.model}, version ${meta.version}`);
  const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:";
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${style}</style>
</head>
<body class="map-page">
<h1>${title}</h1>
<p class="soft">${escapeMarkup(noteOf(content))}</p>
<div id="map" class="map"></div>
<script>
(() => {
${script}
const content = ${data};
const map = new TopicMap(document.getElementById("map"), new EmbeddedSource(content), false);
map.load();
})();
</script>
</body>
</html>
`;
}

// Imports and exports are single statements at the start of a line, and top-level names are unique over all modules.
export function inlineModule(source) {
  return source
    .replace(/^import [^;]+;\n/gm, "")
    .replace(/^export /gm, "")
    .replaceAll("import.meta.url", "document.baseURI")
    .replaceAll("</script", "<\\/script");
}

// Rows whose texts an exported page has, and the length of each text. Of more than 50,000 documents, every second, third, … one.
export function textPlan(count) {
  const stride = Math.max(1, Math.ceil(count / mostTexts));
  const rows = [];
  for (let row = 0; row < count; row += stride) {
    rows.push(row);
  }

  return { rows, length: Math.min(longestText, Math.floor(mostCharacters / Math.max(rows.length, 1))) };
}

// The columns in their order, until the next one would exceed the limit.
async function columnsOf(map) {
  const columns = [];
  let bytes = 0;
  for (const meta of map.meta.columns) {
    bytes += map.points.count * (meta.kind === "time" ? 4 : 2);
    if (bytes > mostColumnBytes) {
      break;
    }

    const attribute = meta.kind === "time" ? "" : meta.attribute;
    columns.push({ meta, attribute, data: base64Of(await map.source.buffer(`column?attribute=${encodeURIComponent(attribute)}`)) });
  }

  return columns;
}

async function documentsOf(map) {
  const { rows, length } = textPlan(map.points.count);
  const pages = [];
  for (let at = 0; at < rows.length; at += documentsOfRequest) {
    pages.push(rows.slice(at, at + documentsOfRequest));
  }

  const documents = [];
  for (let at = 0; at < pages.length; at += parallelRequests) {
    map.say(`Reading texts: ${Math.round(at / pages.length * 100)} %`);
    try {
      const read = await Promise.all(pages.slice(at, at + parallelRequests).map(page => map.source.documents(page)));
      read.flat().forEach(document => documents.push([document.row, document.id, document.text.slice(0, length)]));
    } catch (error) {
      if (error.status !== corpusDeleted) {
        throw error;
      }

      break;
    }
  }

  map.say(map.summary());
  return documents;
}

function noteOf({ documents, count, length }) {
  const part = documents.length < count ? `Texts of ${numberText(documents.length)} of ${numberText(count)} documents` : "Texts";
  return documents.length === 0 ? "Without texts." : `${part}, at most ${length} characters each.`;
}

async function textOf(address) {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`${address.pathname} cannot be read: ${response.status}.`);
  }

  return response.text();
}

function base64Of(buffer) {
  const bytes = new Uint8Array(buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }

  return btoa(text);
}
