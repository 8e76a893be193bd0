// Picture of very many points: each pixel has the mean color of its points, and an opacity that grows with the logarithm of their number.
const densitySide = 1024;

export function drawDensity(points, colors) {
  const { count, positions } = points;
  const sums = new Float32Array(4 * densitySide * densitySide);
  let most = 0;
  for (let row = 0; row < count; row++) {
    if (colors[4 * row + 3] < 255) {
      continue;
    }

    const pixel = 4 * ((densitySide - 1 - (positions[2 * row + 1] >> 6)) * densitySide + (positions[2 * row] >> 6));
    sums[pixel] += colors[4 * row];
    sums[pixel + 1] += colors[4 * row + 1];
    sums[pixel + 2] += colors[4 * row + 2];
    most = Math.max(most, ++sums[pixel + 3]);
  }

  const image = new ImageData(densitySide, densitySide);
  const full = Math.log1p(most);
  for (let pixel = 0; pixel < sums.length; pixel += 4) {
    const number = sums[pixel + 3];
    if (number > 0) {
      image.data[pixel] = sums[pixel] / number;
      image.data[pixel + 1] = sums[pixel + 1] / number;
      image.data[pixel + 2] = sums[pixel + 2] / number;
      image.data[pixel + 3] = 60 + 195 * Math.log1p(number) / full;
    }
  }

  const canvas = document.createElement("canvas");
  canvas.width = densitySide;
  canvas.height = densitySide;
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}
