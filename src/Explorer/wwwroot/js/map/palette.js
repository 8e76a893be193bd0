// Colors. Categories: the eight of Okabe and Ito, which stay distinct with the common kinds of color blindness, then the same in a
// lighter and a darker tone. Scales: stops of cividis, which was made for the same purpose.
const okabeIto = [
  [0, 114, 178], [230, 159, 0], [0, 158, 115], [213, 94, 0], [86, 180, 233], [204, 121, 167], [148, 133, 0], [110, 90, 200]
];
const cividis = [[0, 34, 78], [31, 57, 110], [83, 86, 108], [124, 123, 120], [165, 156, 116], [212, 193, 89], [254, 232, 56]];
const grays = { light: [176, 184, 192], dark: [84, 94, 104] };

export function categoryColor(index, theme) {
  if (index < 0) {
    return grays[theme];
  }

  const base = okabeIto[index % okabeIto.length];
  const round = Math.floor(index / okabeIto.length) % 3;
  const lift = theme === "dark" ? [0.15, 0.45, -0.25][round] : [0, 0.4, -0.35][round];
  return base.map(part => Math.round(lift >= 0 ? part + (255 - part) * lift : part * (1 + lift)));
}

export function scaleColor(share, theme) {
  // The dark end would vanish on a dark ground, the light end on a light one.
  const at = (theme === "dark" ? 0.25 + 0.75 * share : 0.9 * share) * (cividis.length - 1);
  const low = Math.min(Math.floor(at), cividis.length - 2);
  return cividis[low].map((part, channel) => Math.round(part + (cividis[low + 1][channel] - part) * (at - low)));
}

export function noColor(theme) {
  return grays[theme];
}

export function cssColor(color, alpha = 1) {
  return `rgba(${color[0]}, ${color[1]}, ${color[2]}, ${alpha})`;
}
