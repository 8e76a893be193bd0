import { valueOf } from "./coloring.js";
import { numberText } from "./elements.js";

const mostReported = 1000;
const reportDelay = 200;

// One byte per point: whether it passes search, legend, selection and window of time. Null: all points do.
export function filterPoints(map) {
  if (map.value === null && map.found === null && map.selected === null && map.window === null) {
    return null;
  }

  const isOn = new Uint8Array(map.points.count).fill(1);
  const times = map.timeColumn?.values;
  for (let row = 0; row < isOn.length; row++) {
    if (map.value !== null && valueOf(map.coloring, map.points, row) !== map.value
      || map.found !== null && !map.found.has(row)
      || map.selected !== null && !map.selected.has(row)
      || map.window !== null && !(times[row] >= map.window[0] && times[row] <= map.window[1])) {
      isOn[row] = 0;
    }
  }

  return isOn;
}

// Reports the documents that pass to the page, for its table. The first ones are enough: the table has their number.
export function reportFilter(map) {
  clearTimeout(map.reportTimer);
  if (!map.page) {
    return;
  }

  map.reportTimer = setTimeout(() => {
    const rows = [];
    let count = 0;
    map.isOn?.forEach((on, row) => on && ++count <= mostReported && rows.push(row));
    map.page.invokeMethodAsync("ShowFilter", map.isOn === null ? null : rows, count).catch(() => {});
  }, reportDelay);
}

// Dims the points without the words: neither in their text nor in name and words of their topic. An empty query removes the search.
export async function searchPoints(map, query) {
  const wanted = query.trim();
  map.tools.search.value = query;
  map.query = wanted;
  if (wanted === "") {
    map.found = null;
    map.say(map.summary());
    map.refresh();
    return;
  }

  const topics = new Set(map.meta.topics
    .filter(topic => `${topic.name} ${topic.words.join(" ")}`.toLowerCase().includes(wanted.toLowerCase()))
    .map(topic => topic.id));
  const rows = new Set();
  map.points.topics.forEach((topic, row) => topics.has(topic) && rows.add(row));
  let problem = "";
  try {
    if (map.source.canSearchTexts) {
      (await map.source.search(wanted)).rows.forEach(row => rows.add(row));
    }
  } catch (error) {
    problem = `. ${error.message}`;
  }

  // The visitor may have typed other words meanwhile.
  if (map.query === wanted) {
    map.found = rows;
    const count = numberText(rows.size);
    map.say(`${count} documents contain “${wanted}” or are in one of ${numberText(topics.size)} topics with it${problem}`);
    map.refresh();
  }
}
