// Part of the map that is visible. Map units: the longer side of the map is 1, y points down. At zoom 0 the longer side has 1024 pixels,
// as in the placement of the labels.
const basePixels = 1024;
const largestScale = basePixels * 2 ** 14;

export class MapView {
  constructor(bounds) {
    const width = bounds.maxX - bounds.minX;
    const height = bounds.maxY - bounds.minY;
    const longer = Math.max(width, height) || 1;
    this.aspectX = width / longer || 0;
    this.aspectY = height / longer || 0;
    this.bounds = bounds;
    this.longer = longer;
    this.width = 1;
    this.height = 1;
    this.x = this.aspectX / 2;
    this.y = this.aspectY / 2;
    this.scale = basePixels;
  }

  get zoom() {
    return Math.log2(this.scale / basePixels);
  }

  resize(width, height) {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
  }

  fit() {
    this.x = this.aspectX / 2;
    this.y = this.aspectY / 2;
    this.scale = this.smallestScale();
  }

  smallestScale() {
    return 0.92 * Math.min(this.width / (this.aspectX || 0.01), this.height / (this.aspectY || 0.01), 1e6);
  }

  pan(dx, dy) {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.x = Math.min(Math.max(this.x, -0.1), this.aspectX + 0.1);
    this.y = Math.min(Math.max(this.y, -0.1), this.aspectY + 0.1);
  }

  // Zooms so that the map unit under the pixel stays there.
  zoomAt(factor, px, py) {
    const [ux, uy] = this.toMap(px, py);
    this.scale = Math.min(Math.max(this.scale * factor, this.smallestScale() / 2), largestScale);
    this.x = ux - (px - this.width / 2) / this.scale;
    this.y = uy - (py - this.height / 2) / this.scale;
  }

  center(ux, uy, scale) {
    this.x = ux;
    this.y = uy;
    this.scale = Math.min(scale ?? this.scale, largestScale);
  }

  toMap(px, py) {
    return [this.x + (px - this.width / 2) / this.scale, this.y + (py - this.height / 2) / this.scale];
  }

  toPixel(ux, uy) {
    return [(ux - this.x) * this.scale + this.width / 2, (uy - this.y) * this.scale + this.height / 2];
  }

  // From steps of the points, 0 to 65535, to map units.
  unit(sx, sy) {
    return [sx / 65535 * this.aspectX, (1 - sy / 65535) * this.aspectY];
  }

  // From coordinates of the layout to map units.
  unitOfLayout(x, y) {
    return [(x - this.bounds.minX) / this.longer, (this.bounds.maxY - y) / this.longer];
  }

  layoutOf(row, positions) {
    return [
      this.bounds.minX + positions[2 * row] / 65535 * (this.bounds.maxX - this.bounds.minX),
      this.bounds.minY + positions[2 * row + 1] / 65535 * (this.bounds.maxY - this.bounds.minY)
    ];
  }

  // Visible range in steps of the points: left, right, low, high.
  visibleSteps() {
    const [left, top] = this.toMap(0, 0);
    const [right, bottom] = this.toMap(this.width, this.height);
    const across = 65535 / (this.aspectX || 1);
    const down = 65535 / (this.aspectY || 1);
    return [left * across, right * across, 65535 - bottom * down, 65535 - top * down];
  }
}
