// Draws points with a 2-D canvas, where WebGL2 is missing. Few colors change between points that are close together, so the points of
// each cell are drawn in the order of the grid.
export function createCanvasRenderer(canvas) {
  return new CanvasRenderer(canvas);
}

class CanvasRenderer {
  constructor(canvas) {
    this.kind = "canvas";
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
  }

  setPoints(points, grid) {
    this.pointData = points;
    this.grid = grid;
  }

  setColors(colors) {
    this.colors = colors;
  }

  setDensity(picture) {
    this.picture = picture;
  }

  draw(view, frame) {
    const { context, canvas } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
    if (frame.isDensity) {
      const [left, top] = view.toPixel(0, 0);
      context.drawImage(this.picture, left, top, view.aspectX * view.scale, view.aspectY * view.scale);
      return;
    }

    const half = frame.size / 2;
    let last = -1;
    const packed = new Uint32Array(this.colors.buffer);
    for (const [first, end] of frame.ranges) {
      for (let at = first; at < end; at++) {
        const row = this.grid.rows[at];
        if (packed[row] !== last) {
          last = packed[row];
          const alpha = this.colors[4 * row + 3] / 255 * frame.opacity;
          context.fillStyle =
            `rgba(${this.colors[4 * row]}, ${this.colors[4 * row + 1]}, ${this.colors[4 * row + 2]}, ${alpha.toFixed(3)})`;
        }

        const [ux, uy] = view.unit(this.pointData.positions[2 * row], this.pointData.positions[2 * row + 1]);
        const [px, py] = view.toPixel(ux, uy);
        context.fillRect(px - half, py - half, frame.size, frame.size);
      }
    }
  }

  finish() {
    this.context.getImageData(0, 0, 1, 1);
  }
}
