import { element } from "./elements.js";

// Window of time: a histogram and two sliders, which the keyboard moves too.
const binCount = 80;

export function createBrush(column, changed) {
  const bins = new Uint32Array(binCount);
  for (const value of column.values) {
    if (value > 0) {
      bins[Math.min(Math.floor((value - 1) / (column.span || 1) * binCount), binCount - 1)]++;
    }
  }

  const tallest = Math.max(...bins, 1);
  const picture = element("canvas", { width: String(binCount * 6), height: "48", "aria-hidden": "true" });
  const from = slider("Earliest time", 0);
  const to = slider("Latest time", binCount);
  const text = element("output", { class: "soft" });
  const box = element("div", { class: "map-brush", role: "group", "aria-label": "Window of time" },
    picture, element("div", { class: "map-sliders" }, from, to), text);

  function slider(label, value) {
    return element("input", {
      type: "range", min: "0", max: String(binCount), value: String(value), "aria-label": label, oninput: () => moved()
    });
  }

  function moved() {
    const low = Math.min(Number(from.value), Number(to.value));
    const high = Math.max(Number(from.value), Number(to.value));
    const day = bin => new Date((column.first + bin / binCount * column.span) * 1000).toISOString().slice(0, 10);
    text.textContent = `${day(low)} to ${day(high)}`;
    from.setAttribute("aria-valuetext", day(Number(from.value)));
    to.setAttribute("aria-valuetext", day(Number(to.value)));
    draw(low, high);
    changed(low === 0 && high === binCount ? null : [1 + low / binCount * column.span, 1 + high / binCount * column.span]);
  }

  function draw(low, high) {
    const context = picture.getContext("2d");
    const colors = getComputedStyle(box);
    context.clearRect(0, 0, picture.width, picture.height);
    bins.forEach((number, bin) => {
      const height = number === 0 ? 0 : Math.max(1, number / tallest * picture.height);
      context.fillStyle = bin >= low && bin < high ? colors.getPropertyValue("--accent") || "#0b5cad" : "#8a94a0";
      context.fillRect(bin * 6, picture.height - height, 5, height);
    });
  }

  return { element: box, redraw: moved, reset() { from.value = "0"; to.value = String(binCount); moved(); } };
}
