// Points of a map as typed arrays. Layout of the file: "TGM1", number of points, bytes per topic (2 or 4), 0; then x and y as 16-bit
// numbers, the topics, and one byte of probability per point. All numbers are little-endian.
const magic = 0x314d4754;
const headerBytes = 16;
const outlier16 = 0xffff;
const outlier32 = 0xffffffff;

export function decodePoints(buffer) {
  const header = new DataView(buffer);
  const count = header.getUint32(4, true);
  const topicBytes = header.getUint32(8, true);
  if (header.getUint32(0, true) !== magic || buffer.byteLength !== headerBytes + count * (4 + topicBytes + 1)) {
    throw new Error("The file with the points is damaged.");
  }

  const topicsAt = headerBytes + 4 * count;
  const raw = topicBytes === 2 ? new Uint16Array(buffer, topicsAt, count) : new Uint32Array(buffer, topicsAt, count);
  const outlier = topicBytes === 2 ? outlier16 : outlier32;
  const topics = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    topics[row] = raw[row] === outlier ? -1 : raw[row];
  }

  return {
    count,
    positions: new Uint16Array(buffer, headerBytes, 2 * count),
    topics,
    probabilities: new Uint8Array(buffer, topicsAt + topicBytes * count, count)
  };
}

// A column: length of its JSON description, the description padded to 4 bytes, then one number per point: 16 bits for classes, 32 bits
// for times (0: no time, otherwise seconds after the first time plus 1).
export function decodeColumn(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const description = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const at = 4 + Math.ceil(length / 4) * 4;
  return {
    ...description,
    values: description.kind === "time" ? new Uint32Array(buffer.slice(at)) : new Uint16Array(buffer.slice(at))
  };
}
