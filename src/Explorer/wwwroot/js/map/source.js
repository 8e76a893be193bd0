import { decodeColumn, decodePoints } from "./points.js";

const mostAttempts = 60;
const retryDelay = 2000;

// Where a map comes from: the server of the page, or the file itself for an exported map. Both have the same methods.
export class ServerSource {
  constructor(address) {
    this.address = address;
    this.canSearchTexts = true;
  }

  // The first request for a version may end before its map is computed; the server continues, so the next one finds it.
  async meta() {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.json("meta");
      } catch (error) {
        if (error.status !== 503 || attempt === mostAttempts) {
          throw error;
        }

        await new Promise(resolve => setTimeout(resolve, retryDelay));
      }
    }
  }

  // The address contains the hash of the map, so the browser may keep the answer for ever.
  async points(etag) {
    return decodePoints(await this.buffer(`points?etag=${encodeURIComponent(etag)}`));
  }

  async column(attribute) {
    return decodeColumn(await this.buffer(`column?attribute=${encodeURIComponent(attribute)}`));
  }

  async changes(since) {
    return decodeColumn(await this.buffer(`changes?since=${encodeURIComponent(since)}`));
  }

  documents(rows) {
    return this.json(`documents?rows=${rows.join(",")}`);
  }

  search(query) {
    return this.json(`search?query=${encodeURIComponent(query)}`);
  }

  async json(path) {
    return (await this.fetch(path)).json();
  }

  async buffer(path) {
    return (await this.fetch(path)).arrayBuffer();
  }

  async fetch(path) {
    const response = await fetch(`${this.address}/${path}`, { credentials: "same-origin" });
    if (!response.ok) {
      const message = (await response.text()).slice(0, 500) || `The server answered ${response.status}.`;
      throw Object.assign(new Error(message), { status: response.status });
    }

    return response;
  }
}

export class EmbeddedSource {
  constructor(content) {
    this.content = content;
    this.texts = new Map(content.documents.map(([row, id, text]) => [row, { row, id, text, attributes: {} }]));
    this.canSearchTexts = this.texts.size > 0;
  }

  async meta() {
    return this.content.meta;
  }

  async points() {
    return decodePoints(EmbeddedSource.bytes(this.content.points));
  }

  async column(attribute) {
    const column = this.content.columns.find(one => one.attribute === attribute);
    return decodeColumn(EmbeddedSource.bytes(column.data));
  }

  async documents(rows) {
    return rows.map(row => this.texts.get(row) ?? { row, id: `row ${row}`, text: "", attributes: {} });
  }

  async search(query) {
    const wanted = query.toLowerCase();
    const rows = [...this.texts.values()].filter(document => document.text.toLowerCase().includes(wanted)).map(document => document.row);
    return { rows, count: rows.length };
  }

  static bytes(text) {
    return Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer;
  }
}
