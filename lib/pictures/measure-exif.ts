/** Tags by which a table of EXIF leads to another one: the camera's, the place's, and interoperability's. */
const POINTERS = new Set([0x8769, 0x8825, 0xa005]);

/** Bytes of one value, by its type from 1 to 10. @source TIFF 6.0, section 2 */
const VALUE_BYTES = [1, 1, 2, 4, 8, 1, 1, 2, 4, 8];

const ENTRY_BYTES = 12;

/**
 * How many bytes of values a TIFF block's tables claim, in all. Honest tables don't overlap, so theirs are fewer than
 * the block has; a flood of entries that all claim the whole block is found out here, before anything is read.
 * @param tiff begins with the byte order, `II` or `MM`.
 * @returns bytes; Infinity for tables that lead in circles.
 */
export function measureExif(tiff: Buffer): number {
  const isBig = tiff[0] === 0x4d;
  const short = (at: number) => (isBig ? tiff.readUInt16BE(at) : tiff.readUInt16LE(at));
  const long = (at: number) => (isBig ? tiff.readUInt32BE(at) : tiff.readUInt32LE(at));
  const seen = new Set<number>();
  const ahead = tiff.length >= 8 ? [long(4)] : [];
  let claimed = 0;
  for (let table = ahead.pop(); table !== undefined; table = ahead.pop()) {
    if (table === 0 || table + 2 > tiff.length) continue;
    if (seen.has(table)) return Number.POSITIVE_INFINITY;
    seen.add(table);
    const end = table + 2 + short(table) * ENTRY_BYTES;
    for (let at = table + 2; at + ENTRY_BYTES <= Math.min(end, tiff.length); at += ENTRY_BYTES) {
      claimed += ENTRY_BYTES + (VALUE_BYTES[short(at + 2) - 1] ?? 0) * long(at + 4);
      if (POINTERS.has(short(at))) ahead.push(long(at + 8));
    }
    // Of all tables the first alone has a next one; what stands there in others is anything.
    if (seen.size === 1 && end + 4 <= tiff.length) ahead.push(long(end));
  }
  return claimed;
}
