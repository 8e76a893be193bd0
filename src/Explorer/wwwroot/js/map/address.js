// The address of the page follows the view, so that it can be shared. An exported page has no address to share.
const addressDelay = 300;

export function rememberView(map) {
  clearTimeout(map.rememberTimer);
  map.rememberTimer = setTimeout(() => {
    if (!map.canExport) {
      return;
    }

    const query = new URLSearchParams(location.search);
    const set = (name, text) => text ? query.set(name, text) : query.delete(name);
    set("at", `${map.view.x.toFixed(4)},${map.view.y.toFixed(4)},${map.view.zoom.toFixed(2)}`);
    set("color", map.colorName === "topic" ? "" : map.colorName);
    set("q", map.query);
    set("topic", map.coloring.kind === "topic" && map.value !== null ? String(map.value) : "");
    history.replaceState(history.state, "", `${location.pathname}?${query}`);
  }, addressDelay);
}

export function restoreView(map) {
  const query = new URLSearchParams(map.canExport ? location.search : "");
  const [x, y, zoom] = (query.get("at") ?? "").split(",").map(Number);
  if (Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(zoom)) {
    map.view.center(x, y, 1024 * 2 ** Math.min(Math.max(zoom, -4), 14));
  }

  const topic = Number(query.get("topic") ?? NaN);
  map.value = Number.isInteger(topic) && map.topicNames.has(topic) ? topic : null;
  if (query.get("color")) {
    map.colorBy(query.get("color"));
  }

  if (query.get("q")) {
    map.searchFor(query.get("q"));
  }
}
