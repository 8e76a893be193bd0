// Points sorted by cells of a square grid: drawing, hover and lasso touch only the cells that they need.
const gridSide = 128;
const cellShift = 9;

export class PointGrid {
  constructor(points) {
    const { count, positions } = points;
    this.positions = positions;
    this.starts = new Uint32Array(gridSide * gridSide + 1);
    const cells = new Uint16Array(count);
    for (let row = 0; row < count; row++) {
      cells[row] = (positions[2 * row + 1] >> cellShift) * gridSide + (positions[2 * row] >> cellShift);
      this.starts[cells[row] + 1]++;
    }

    for (let cell = 0; cell < gridSide * gridSide; cell++) {
      this.starts[cell + 1] += this.starts[cell];
    }

    const next = this.starts.slice();
    this.rows = new Uint32Array(count);
    for (let row = 0; row < count; row++) {
      this.rows[next[cells[row]]++] = row;
    }
  }

  // Ranges of the sorted points in the rectangle of steps, as [first, end) pairs, one per row of cells at most.
  ranges(left, right, low, high) {
    const [x0, x1] = [PointGrid.cell(left), PointGrid.cell(right)];
    const [y0, y1] = [PointGrid.cell(low), PointGrid.cell(high)];
    const found = [];
    for (let y = y0; y <= y1; y++) {
      const first = this.starts[y * gridSide + x0];
      const end = this.starts[y * gridSide + x1 + 1];
      if (end > first) {
        if (found.length > 0 && found[found.length - 1][1] === first) {
          found[found.length - 1][1] = end;
        } else {
          found.push([first, end]);
        }
      }
    }

    return found;
  }

  // Calls back with the row of every point in the rectangle of steps.
  visit(left, right, low, high, callback) {
    for (const [first, end] of this.ranges(left, right, low, high)) {
      for (let at = first; at < end; at++) {
        const row = this.rows[at];
        const x = this.positions[2 * row];
        const y = this.positions[2 * row + 1];
        if (x >= left && x <= right && y >= low && y <= high) {
          callback(row, x, y);
        }
      }
    }
  }

  static cell(step) {
    return Math.min(Math.max(Math.floor(step) >> cellShift, 0), gridSide - 1);
  }
}
