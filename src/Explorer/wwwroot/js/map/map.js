import { rememberView, restoreView } from "./address.js";
import { createBrush } from "./brush.js";
import { createCanvasRenderer } from "./canvas.js";
import { legendOf, paintPoints } from "./coloring.js";
import { drawDensity } from "./density.js";
import { element, numberText } from "./elements.js";
import { exportMap } from "./export.js";
import { filterPoints, reportFilter, searchPoints } from "./filter.js";
import { listenToGestures } from "./gestures.js";
import { createGlRenderer } from "./gl.js";
import { PointGrid } from "./grid.js";
import { hoverPoint, readDocuments } from "./hover.js";
import { drawOverlay, ownLayer } from "./overlay.js";
import { createTools, showLegend } from "./panel.js";
import { endLasso, nearestPoint, pickPoint } from "./selection.js";
import { ServerSource } from "./source.js";
import { MapView } from "./view.js";

// More visible points than this are drawn as a picture of their density.
const mostPoints = 150000;

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
    const repaint = () => this.refresh();
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
    this.isOn = filterPoints(this);
    reportFilter(this);
    paintPoints(this.colors, this.points, this.coloring, this.theme, this.isOn);
    this.renderer.setColors(this.colors);
    this.hasDensity = false;
    this.host.dataset.on = String(this.isOn === null ? this.points.count : this.isOn.reduce((sum, on) => sum + on, 0));
    showLegend(this.legend, legendOf(this.coloring, this.meta.topics, this.theme), this);
  }

  // Reports every change of the filters to a component of the page.
  watch(page) {
    this.page = page;
    reportFilter(this);
  }

  // Filters, colors and draws again.
  refresh() {
    this.recolor();
    this.redraw();
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
    return nearestPoint(this, point);
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

  pick(point) {
    return pickPoint(this, point);
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
    endLasso(this);
  }

  searchFor(query) {
    return searchPoints(this, query);
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
    this.refresh();
  }

  showBrush(column) {
    this.timeColumn = column;
    this.brush?.element.remove();
    this.brush = createBrush(column, window => {
      this.window = window;
      this.refresh();
    });
    this.host.append(this.brush.element);
    this.brush.redraw();
  }

  filterBy(value) {
    this.value = value;
    this.refresh();
    this.legend.querySelector('[aria-pressed="true"]')?.focus();
  }

  // Centers the label of the next topic and filters to the topic.
  stepTopic(direction) {
    const labels = this.meta.labels.filter(label => label.layer === ownLayer);
    if (labels.length === 0) {
      return;
    }

    this.step = ((this.step ?? (direction > 0 ? -1 : 0)) + direction + labels.length) % labels.length;
    const label = labels[this.step];
    this.view.center(...this.view.unit(label.x, label.y), Math.max(this.view.scale, 1024 * 2 ** label.minZoom));
    this.value = this.coloring.kind === "topic" ? label.topic : null;
    this.refresh();
    this.say(`Topic ${label.topic}: ${label.text}`);
  }

  clearSelection() {
    this.value = this.found = this.selected = this.window = null;
    this.query = "";
    this.marks = [];
    this.tools.search.value = "";
    this.list.replaceChildren();
    this.brush?.reset();
    this.refresh();
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
    clearTimeout(this.reportTimer);
    cancelAnimationFrame(this.frame);
    this.host.replaceChildren();
  }
}
