import { rememberView, restoreView } from "./address.js";
import { createBrush } from "./brush.js";
import { createCanvasRenderer } from "./canvas.js";
import { legendOf, paintPoints, valueOf } from "./coloring.js";
import { drawDensity } from "./density.js";
import { element, numberText } from "./elements.js";
import { exportMap } from "./export.js";
import { listenToGestures } from "./gestures.js";
import { createGlRenderer } from "./gl.js";
import { PointGrid } from "./grid.js";
import { hoverPoint, readDocuments } from "./hover.js";
import { drawOverlay, rowsInLasso } from "./overlay.js";
import { createTools, showDocuments, showLegend } from "./panel.js";
import { ServerSource } from "./source.js";
import { MapView } from "./view.js";

// More visible points than this are drawn as a picture of their density.
const mostPoints = 150000;
const hoverPixels = 10;
const listedDocuments = 50;

// Opens the map of a version of the server in an element; the page calls it.
export async function openMap(host, address, canExport = true) {
  const map = new TopicMap(host, new ServerSource(address), canExport);
  try {
    await map.load();
  } catch (error) {
    // The page shows the message.
    host.replaceChildren();
    throw error;
  }

  return map;
}

export class TopicMap {
  constructor(host, source, canExport) {
    this.host = host;
    this.source = source;
    this.canExport = canExport;
    this.coloring = { kind: "topic" };
    this.lasso = [];
    this.marks = [];
    this.isLassoing = false;
    this.showLabels = true;
    this.hovered = null;
    this.value = null;
    this.found = null;
    this.selected = null;
    this.window = null;
    this.isOn = null;
    this.texts = new Map();
    this.measures = [];
    this.stop = new AbortController();
  }

  async load() {
    this.host.replaceChildren(element("p", { class: "loading", role: "status", text: "Loading the map …" }));
    this.meta = await this.source.meta();
    this.points = await this.source.points(this.meta.etag);
    this.grid = new PointGrid(this.points);
    this.view = new MapView(this.meta.bounds);
    this.topicNames = new Map(this.meta.topics.map(topic => [topic.id, topic.name]));
    this.build();
    this.resize();
    this.view.fit();
    restoreView(this);
    this.recolor();
    this.paint();
    this.renderer.finish();
    performance.mark("map-first-paint");
    this.host.dataset.state = "ready";
  }

  build() {
    this.pointCanvas = element("canvas", { class: "map-points", "aria-hidden": "true" });
    this.overlayCanvas = element("canvas", { class: "map-overlay", "aria-hidden": "true" });
    this.card = element("div", { class: "map-card", role: "tooltip", hidden: true });
    this.stage = element("div", {
      class: "map-stage", tabindex: "0", role: "application",
      "aria-label": `Map of ${numberText(this.points.count)} documents in ${numberText(this.meta.labels.length)} labeled topics. `
        + "Arrow keys pan, plus and minus zoom, 0 shows everything, brackets step through the topics, Escape clears the selection."
    }, this.pointCanvas, this.overlayCanvas, this.card);
    this.legend = element("div", { class: "map-legend", role: "group", "aria-label": "Legend" });
    this.list = element("div", { class: "map-list" });
    this.status = element("p", { class: "map-status", role: "status" });
    this.tools = createTools(this, this.meta, this.canExport);
    this.host.replaceChildren(this.tools.element, this.status,
      element("div", { class: "map-body" }, this.stage, element("div", { class: "map-side" }, this.legend, this.list)));
    const wantsCanvas = new URLSearchParams(location.search).get("renderer") === "canvas";
    this.renderer = (wantsCanvas ? null : createGlRenderer(this.pointCanvas)) ?? createCanvasRenderer(this.pointCanvas);
    this.host.dataset.renderer = this.renderer.kind;
    this.renderer.setPoints(this.points, this.grid);
    this.colors = new Uint8Array(4 * this.points.count);
    listenToGestures(this.stage, this);
    const { signal } = this.stop;
    this.observer = new ResizeObserver(() => {
      this.resize();
      this.redraw();
    });
    this.observer.observe(this.stage);
    const repaint = () => {
      this.recolor();
      this.redraw();
    };
    document.addEventListener("themechange", repaint, { signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint, { signal });
    this.status.textContent = this.summary();
  }

  get theme() {
    return document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  }

  resize() {
    const box = this.stage.getBoundingClientRect();
    this.ratio = Math.min(devicePixelRatio || 1, 2);
    this.view.resize(box.width, box.height);
    for (const canvas of [this.pointCanvas, this.overlayCanvas]) {
      canvas.width = Math.round(this.view.width * this.ratio);
      canvas.height = Math.round(this.view.height * this.ratio);
    }
  }

  recolor() {
    this.isOn = this.filter();
    paintPoints(this.colors, this.points, this.coloring, this.theme, this.isOn);
    this.renderer.setColors(this.colors);
    this.hasDensity = false;
    this.host.dataset.on = String(this.isOn === null ? this.points.count : this.isOn.reduce((sum, on) => sum + on, 0));
    showLegend(this.legend, legendOf(this.coloring, this.meta.topics, this.theme), this);
  }

  // One byte per point: whether it passes search, legend, selection and window of time. Null: all points do.
  filter() {
    if (this.value === null && this.found === null && this.selected === null && this.window === null) {
      return null;
    }

    const isOn = new Uint8Array(this.points.count).fill(1);
    const times = this.timeColumn?.values;
    for (let row = 0; row < isOn.length; row++) {
      if (this.value !== null && valueOf(this.coloring, this.points, row) !== this.value
        || this.found !== null && !this.found.has(row)
        || this.selected !== null && !this.selected.has(row)
        || this.window !== null && !(times[row] >= this.window[0] && times[row] <= this.window[1])) {
        isOn[row] = 0;
      }
    }

    return isOn;
  }

  redraw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      const start = performance.now();
      this.paint();
      this.measures.push(performance.now() - start);
      this.remember();
    });
  }

  paint() {
    const steps = this.view.visibleSteps();
    const ranges = this.grid.ranges(...steps);
    const visible = ranges.reduce((sum, [first, end]) => sum + end - first, 0);
    const isDensity = visible > mostPoints;
    if (isDensity && !this.hasDensity) {
      this.renderer.setDensity(drawDensity(this.points, this.colors));
      this.hasDensity = true;
    }

    const spread = Math.sqrt(this.view.width * this.view.height / Math.max(visible, 1));
    const size = Math.min(Math.max(spread * 0.35, 1.5), 9);
    this.renderer.draw(this.view, { ranges, isDensity, size, opacity: visible > 20000 ? 0.7 : 0.85, ratio: this.ratio });
    this.host.dataset.mode = isDensity ? "density" : "points";
    this.host.dataset.visible = String(visible);
    this.drawOverlay();
  }

  drawOverlay() {
    const style = getComputedStyle(this.host);
    drawOverlay(this.overlayCanvas.getContext("2d"), {
      view: this.view, ratio: this.ratio, labels: this.meta.labels, showLabels: this.showLabels, lasso: this.lasso, marks: this.marks,
      topic: this.coloring.kind === "topic" ? this.value : null, hover: this.hovered, positions: this.points.positions,
      colors: {
        ground: style.getPropertyValue("--ground") || "#ffffff",
        text: style.getPropertyValue("--text") || "#1b2430",
        accent: style.getPropertyValue("--accent") || "#0b5cad"
      }
    });
  }

  pan(dx, dy) {
    this.view.pan(dx, dy);
    this.redraw();
  }

  zoomAt(factor, px, py) {
    this.view.zoomAt(factor, px, py);
    this.redraw();
  }

  zoomBy(factor) {
    this.zoomAt(factor, this.view.width / 2, this.view.height / 2);
  }

  showAll() {
    this.view.fit();
    this.redraw();
  }

  nearest(point) {
    const [left, top] = this.view.toMap(point[0] - hoverPixels, point[1] - hoverPixels);
    const [right, bottom] = this.view.toMap(point[0] + hoverPixels, point[1] + hoverPixels);
    const across = 65535 / (this.view.aspectX || 1);
    const down = 65535 / (this.view.aspectY || 1);
    let best = null;
    let least = hoverPixels ** 2;
    this.grid.visit(left * across, right * across, 65535 - bottom * down, 65535 - top * down, (row, x, y) => {
      const [px, py] = this.view.toPixel(...this.view.unit(x, y));
      const away = (px - point[0]) ** 2 + (py - point[1]) ** 2;
      if (away < least && (this.isOn === null || this.isOn[row])) {
        least = away;
        best = row;
      }
    });
    return best;
  }

  hover(point) {
    hoverPoint(this, point);
  }

  documents(rows) {
    return readDocuments(this, rows);
  }

  topicName(row) {
    const topic = this.points.topics[row];
    return topic < 0 ? "Outlier" : this.topicNames.get(topic) ?? `Topic ${topic}`;
  }

  async pick(point) {
    const row = this.lastLasso ? null : this.nearest(point);
    this.lastLasso = false;
    if (row !== null) {
      showDocuments(this.list, "Document", await this.documents([row]), at => this.topicName(at));
    }
  }

  switchLasso() {
    this.isLassoing = !this.isLassoing;
    this.tools.lasso.setAttribute("aria-pressed", String(this.isLassoing));
    this.stage.classList.toggle("lassoing", this.isLassoing);
  }

  switchLabels() {
    this.showLabels = !this.showLabels;
    this.tools.labels.setAttribute("aria-pressed", String(this.showLabels));
    this.drawOverlay();
  }

  startLasso(point) {
    this.lasso = [point];
  }

  extendLasso(point) {
    this.lasso.push(point);
    this.drawOverlay();
  }

  endLasso() {
    const rows = this.lasso.length > 2 ? rowsInLasso(this.lasso, this.view, this.grid) : [];
    this.lastLasso = this.lasso.length > 2;
    this.lasso = [];
    if (rows.length > 0) {
      this.select(rows, "Selected documents");
    } else {
      this.drawOverlay();
    }
  }

  async select(rows, title) {
    this.selected = new Set(rows);
    this.recolor();
    this.redraw();
    this.say(`${numberText(rows.length)} documents selected`);
    this.host.dispatchEvent(new CustomEvent("mapselect", { detail: rows }));
    const documents = await this.documents(rows.slice(0, listedDocuments));
    showDocuments(this.list, `${title}: ${numberText(rows.length)}`, documents, row => this.topicName(row));
  }

  async searchFor(query) {
    const wanted = query.trim();
    this.tools.search.value = query;
    this.query = wanted;
    if (wanted === "") {
      this.found = null;
      this.say(this.summary());
    } else {
      const topics = new Set(this.meta.topics
        .filter(topic => `${topic.name} ${topic.words.join(" ")}`.toLowerCase().includes(wanted.toLowerCase()))
        .map(topic => topic.id));
      const rows = new Set();
      this.points.topics.forEach((topic, row) => topics.has(topic) && rows.add(row));
      try {
        if (this.source.canSearchTexts) {
          (await this.source.search(wanted)).rows.forEach(row => rows.add(row));
        }
      } catch (error) {
        this.say(error.message);
      }

      if (this.query !== wanted) {
        return;
      }

      this.found = rows;
      this.say(`${numberText(rows.size)} documents contain “${wanted}” or are in one of ${numberText(topics.size)} topics with it`);
    }

    this.recolor();
    this.redraw();
  }

  async colorBy(name) {
    const split = name.indexOf(":");
    const [kind, detail] = split < 0 ? [name, ""] : [name.slice(0, split), name.slice(split + 1)];
    try {
      const column = kind === "attribute" || kind === "time" ? await this.source.column(detail)
        : kind === "changes" ? await this.source.changes(detail)
          : null;
      this.coloring = { kind: kind === "changes" ? "attribute" : kind, column };
      if (kind === "changes") {
        this.tools.offerColor(name, `Changes since version ${detail}`);
      }

      if (kind === "time") {
        this.showBrush(column);
      }
    } catch (error) {
      this.say(error.message);
      return;
    }

    this.value = null;
    this.colorName = name;
    this.tools.colors.value = name;
    this.recolor();
    this.redraw();
  }

  showBrush(column) {
    this.timeColumn = column;
    this.brush?.element.remove();
    this.brush = createBrush(column, window => {
      this.window = window;
      this.recolor();
      this.redraw();
    });
    this.host.append(this.brush.element);
    this.brush.redraw();
  }

  filterBy(value) {
    this.value = value;
    this.recolor();
    this.redraw();
    this.legend.querySelector('[aria-pressed="true"]')?.focus();
  }

  // Centers the label of the next topic and filters to the topic.
  stepTopic(direction) {
    const { labels } = this.meta;
    if (labels.length === 0) {
      return;
    }

    this.step = ((this.step ?? (direction > 0 ? -1 : 0)) + direction + labels.length) % labels.length;
    const label = labels[this.step];
    this.view.center(...this.view.unit(label.x, label.y), Math.max(this.view.scale, 1024 * 2 ** label.minZoom));
    this.value = this.coloring.kind === "topic" ? label.topic : null;
    this.recolor();
    this.redraw();
    this.say(`Topic ${label.topic}: ${label.text}`);
  }

  clearSelection() {
    this.value = this.found = this.selected = this.window = null;
    this.query = "";
    this.marks = [];
    this.tools.search.value = "";
    this.list.replaceChildren();
    this.brush?.reset();
    this.recolor();
    this.redraw();
    this.say(this.summary());
  }

  // Marks a text of the layout's coordinates and centers it.
  mark(x, y) {
    const [ux, uy] = this.view.unitOfLayout(x, y);
    this.marks = [{ ux, uy }];
    this.host.dataset.marks = "1";
    this.view.center(ux, uy);
    this.redraw();
  }

  summary() {
    return `${numberText(this.points.count)} documents, ${numberText(this.meta.topics.filter(topic => topic.id >= 0).length)} topics`;
  }

  say(text) {
    this.status.textContent = text;
  }

  remember() {
    rememberView(this);
  }

  exportAs(kind) {
    return exportMap(this, kind).catch(error => this.say(error.message));
  }

  dispose() {
    this.stop.abort();
    this.observer?.disconnect();
    clearTimeout(this.rememberTimer);
    clearTimeout(this.hoverTimer);
    cancelAnimationFrame(this.frame);
    this.host.replaceChildren();
  }
}
