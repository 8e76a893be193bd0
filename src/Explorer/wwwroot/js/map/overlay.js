// Labels, lasso and marks above the points.
const labelFont = "600 12px system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
const labelHeight = 16;
const mostZoom = 8;

// Layer of the version's own topics. The labels of coarser layers replace theirs where they have too little room.
export const ownLayer = "topics";

// The labels that are drawn now, with their pixels. The server places them for text of 12 pixels and whole zoom levels from 0 to 8. Between
// two levels, and in a view that is smaller than level 0, two of them could touch; then the label of the larger topic is drawn.
export function visibleLabels(labels, view, measure) {
  const taken = [];
  const zoom = Math.min(Math.max(0, Math.round(view.zoom)), mostZoom);
  for (const label of labels) {
    if (label.minZoom > zoom || label.maxZoom < zoom) {
      continue;
    }

    const [px, py] = view.toPixel(...view.unit(label.x, label.y));
    const half = measure(label.text) / 2 + 3;
    if (px < -half || px > view.width + half || py < -labelHeight || py > view.height + labelHeight) {
      continue;
    }

    if (taken.every(other => Math.abs(other.px - px) >= other.half + half || Math.abs(other.py - py) >= labelHeight)) {
      taken.push({ label, px, py, half });
    }
  }

  return taken;
}

export function drawOverlay(context, state) {
  const { view, ratio, colors } = state;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, view.width, view.height);
  context.font = labelFont;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  if (state.showLabels) {
    for (const { label, px, py } of visibleLabels(state.labels, view, text => context.measureText(text).width)) {
      context.globalAlpha = state.topic === null || (label.layer === ownLayer && state.topic === label.topic) ? 1 : 0.35;
      context.strokeStyle = colors.ground;
      context.lineWidth = 4;
      context.strokeText(label.text, px, py);
      context.fillStyle = colors.text;
      context.fillText(label.text, px, py);
    }

    context.globalAlpha = 1;
  }

  for (const mark of state.marks) {
    const [px, py] = view.toPixel(mark.ux, mark.uy);
    context.beginPath();
    context.arc(px, py, 8, 0, 2 * Math.PI);
    context.moveTo(px - 13, py);
    context.lineTo(px + 13, py);
    context.moveTo(px, py - 13);
    context.lineTo(px, py + 13);
    context.strokeStyle = colors.ground;
    context.lineWidth = 5;
    context.stroke();
    context.strokeStyle = colors.accent;
    context.lineWidth = 2;
    context.stroke();
  }

  if (state.lasso.length > 1) {
    context.beginPath();
    state.lasso.forEach(([px, py], index) => index === 0 ? context.moveTo(px, py) : context.lineTo(px, py));
    context.closePath();
    context.globalAlpha = 0.15;
    context.fillStyle = colors.accent;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = colors.accent;
    context.lineWidth = 1.5;
    context.stroke();
  }

  if (state.hover !== null) {
    const [px, py] = view.toPixel(...view.unit(state.positions[2 * state.hover], state.positions[2 * state.hover + 1]));
    context.beginPath();
    context.arc(px, py, 6, 0, 2 * Math.PI);
    context.strokeStyle = colors.text;
    context.lineWidth = 2;
    context.stroke();
  }
}

// Rows of the points inside a polygon of pixels.
export function rowsInLasso(polygon, view, grid) {
  const rows = [];
  const steps = polygon.map(([px, py]) => {
    const [ux, uy] = view.toMap(px, py);
    return [ux / (view.aspectX || 1) * 65535, (1 - uy / (view.aspectY || 1)) * 65535];
  });
  const xs = steps.map(point => point[0]);
  const ys = steps.map(point => point[1]);
  grid.visit(Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys), (row, x, y) => {
    let inside = false;
    for (let at = 0, before = steps.length - 1; at < steps.length; before = at++) {
      const [ax, ay] = steps[at];
      const [bx, by] = steps[before];
      if (ay > y !== by > y && x < (bx - ax) * (y - ay) / (by - ay) + ax) {
        inside = !inside;
      }
    }

    if (inside) {
      rows.push(row);
    }
  });
  return rows;
}
