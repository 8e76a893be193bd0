import { categoryColor, noColor, scaleColor } from "./palette.js";

// Colors of the points and their legend. A coloring is { kind: "topic" | "probability" | "attribute" | "time", column }.
export function legendOf(coloring, topics, theme) {
  switch (coloring.kind) {
    case "probability":
      return { scale: [0, 0.25, 0.5, 0.75, 1].map(share => [share.toFixed(2), scaleColor(share, theme)]) };
    case "time": {
      const { first, span } = coloring.column;
      const day = share => new Date((first + share * span) * 1000).toISOString().slice(0, 10);
      return { scale: [0, 0.25, 0.5, 0.75, 1].map(share => [day(share), scaleColor(share, theme)]) };
    }
    case "attribute":
      return { entries: coloring.column.names.map((name, index) => ({ value: index + 1, name, color: categoryColor(index, theme) })) };
    default:
      return {
        entries: topics.filter(topic => topic.id >= 0)
          .map(topic => ({ value: topic.id, name: topic.name, count: topic.count, color: categoryColor(topic.id, theme) }))
      };
  }
}

// Value of a point in the legend: topic, class or null.
export function valueOf(coloring, points, row) {
  return coloring.kind === "attribute" ? coloring.column.values[row] : points.topics[row];
}

// Fills four bytes per point: red, green, blue, and 255 if the point passes the filter, otherwise 28.
export function paintPoints(target, points, coloring, theme, isOn) {
  const { count } = points;
  const gray = noColor(theme);
  const known = new Map();
  const category = index => {
    let color = known.get(index);
    if (!color) {
      known.set(index, color = categoryColor(index, theme));
    }

    return color;
  };
  const scale = [...Array(256).keys()].map(step => scaleColor(step / 255, theme));
  for (let row = 0; row < count; row++) {
    let color = gray;
    if (coloring.kind === "probability") {
      color = scale[points.probabilities[row]];
    } else if (coloring.kind === "time") {
      const seconds = coloring.column.values[row];
      color = seconds === 0 ? gray : scale[Math.round((seconds - 1) / (coloring.column.span || 1) * 255)];
    } else if (coloring.kind === "attribute") {
      const value = coloring.column.values[row];
      color = value === 0 || value > coloring.column.names.length ? gray : category(value - 1);
    } else if (points.topics[row] >= 0) {
      color = category(points.topics[row]);
    }

    target[4 * row] = color[0];
    target[4 * row + 1] = color[1];
    target[4 * row + 2] = color[2];
    target[4 * row + 3] = isOn === null || isOn[row] ? 255 : 28;
  }
}
