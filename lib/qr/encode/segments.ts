import { QrError } from "../qr-error";

/** The encodation modes that are used; kanji mode is left out because decoders without Shift-JIS tables misread it. */
export type Mode = "numeric" | "alphanumeric" | "byte";

/** A run of the text in one mode: `value` is its bytes (numeric and alphanumeric are ASCII). */
export interface Segment {
  readonly mode: Mode;
  readonly bytes: Uint8Array;
}

const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const alphanumericValue = new Int8Array(256).fill(-1);
for (let i = 0; i < ALPHANUMERIC.length; i++) alphanumericValue[ALPHANUMERIC.charCodeAt(i)] = i;
const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

const MODES: readonly Mode[] = ["numeric", "alphanumeric", "byte"];
const MODE_BITS: Record<Mode, number> = { numeric: 1, alphanumeric: 2, byte: 4 };
const COUNT_BITS: Record<Mode, readonly [number, number, number]> = {
  numeric: [10, 12, 14],
  alphanumeric: [9, 11, 13],
  byte: [8, 16, 16],
};

/** ISO/IEC 18004 groups versions 1–9, 10–26 and 27–40 by the width of their count fields. */
const versionGroup = (version: number): 0 | 1 | 2 => (version < 10 ? 0 : version < 27 ? 1 : 2);
const countBits = (mode: Mode, version: number): number => COUNT_BITS[mode][versionGroup(version)];

function payloadBits(mode: Mode, length: number): number {
  if (mode === "byte") return length * 8;
  if (mode === "alphanumeric") return Math.floor(length / 2) * 11 + (length % 2) * 6;
  return Math.floor(length / 3) * 10 + [0, 4, 7][length % 3]!;
}

/**
 * UTF-8 bytes of a text.
 * @throws QrError text_empty · text_not_encodable for lone surrogates, which UTF-8 cannot carry.
 */
export function textBytes(text: string): Uint8Array {
  if (text.length === 0) throw new QrError("text_empty", "the text is empty");
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text))
    throw new QrError("text_not_encodable", "the text holds half a character (a lone surrogate)");
  return new TextEncoder().encode(text);
}

/** Segments of one mode for the whole text, for comparison with other encoders. @throws QrError text_not_encodable */
export function singleSegment(text: string, mode: Mode): Segment[] {
  const bytes = textBytes(text);
  const fits =
    mode === "byte" || bytes.every((b) => (mode === "numeric" ? isDigit(b) : alphanumericValue[b]! >= 0));
  if (!fits) throw new QrError("text_not_encodable", `the text does not fit ${mode} mode`);
  return [{ mode, bytes }];
}

/**
 * The division of a text into modes that takes the fewest bits at a version: dynamic programming over bytes,
 * costs in sixths of a bit so that thirds (digits) and halves (alphanumeric pairs) stay whole numbers.
 * A multi-byte character is never divided between segments (all its bytes are in byte mode).
 */
export function bestSegments(text: string, version: number): Segment[] {
  const bytes = textBytes(text);
  const header = MODES.map((mode) => (4 + countBits(mode, version)) * 6);
  const perByte = (mode: Mode, byte: number): number => {
    if (mode === "byte") return 48;
    if (mode === "alphanumeric") return alphanumericValue[byte]! >= 0 ? 33 : Number.POSITIVE_INFINITY;
    return isDigit(byte) ? 20 : Number.POSITIVE_INFINITY;
  };
  let cost = header.slice();
  const cameFrom: Uint8Array[] = [];
  for (const byte of bytes) {
    const ending = MODES.map((mode, m) => cost[m]! + perByte(mode, byte));
    // Within a segment a part bit is rounded up only where the segment ends.
    const best = MODES.map((_, m) => {
      let from = m;
      let least = ending[m]!;
      for (let other = 0; other < MODES.length; other++) {
        const switched = Math.ceil(ending[other]! / 6) * 6 + header[m]!;
        if (other !== m && switched < least) {
          least = switched;
          from = other;
        }
      }
      return { least, from };
    });
    cameFrom.push(Uint8Array.from(best, (b) => b.from));
    cost = best.map((b) => b.least);
  }
  // `cost[m]` after the last byte may include the header of a segment that never starts: end in the mode that holds it.
  let mode = cost.indexOf(Math.min(...cost));
  const modeOf = new Uint8Array(bytes.length);
  for (let i = bytes.length - 1; i >= 0; i--) {
    mode = cameFrom[i]![mode]!;
    modeOf[i] = mode;
  }
  const segments: Segment[] = [];
  for (let start = 0; start < bytes.length; ) {
    let end = start + 1;
    while (end < bytes.length && modeOf[end] === modeOf[start]) end++;
    segments.push({ mode: MODES[modeOf[start]!]!, bytes: bytes.subarray(start, end) });
    start = end;
  }
  return segments;
}

/** Bits of all segments with their headers at a version, terminator not counted; +12 where an ECI designator leads. */
export function segmentBits(segments: readonly Segment[], version: number, eci: boolean): number {
  let bits = eci ? 12 : 0;
  for (const { mode, bytes } of segments) {
    if (bytes.length >= 1 << countBits(mode, version)) return Number.POSITIVE_INFINITY;
    bits += 4 + countBits(mode, version) + payloadBits(mode, bytes.length);
  }
  return bits;
}

/** Writes the segments as a bit string (one bit an element), ECI 26 (UTF-8) first where asked for. */
export function writeSegments(segments: readonly Segment[], version: number, eci: boolean): Uint8Array {
  const bits: number[] = [];
  const put = (value: number, width: number): void => {
    for (let i = width - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  if (eci) {
    put(7, 4);
    put(26, 8);
  }
  for (const { mode, bytes } of segments) {
    put(MODE_BITS[mode], 4);
    put(bytes.length, countBits(mode, version));
    if (mode === "byte") for (const byte of bytes) put(byte, 8);
    if (mode === "alphanumeric")
      for (let i = 0; i < bytes.length; i += 2) {
        const first = alphanumericValue[bytes[i]!]!;
        if (i + 1 < bytes.length) put(first * 45 + alphanumericValue[bytes[i + 1]!]!, 11);
        else put(first, 6);
      }
    if (mode === "numeric")
      for (let i = 0; i < bytes.length; i += 3) {
        const digits = bytes.subarray(i, i + 3);
        put(
          digits.reduce((n, b) => n * 10 + b - 48, 0),
          [0, 4, 7, 10][digits.length]!,
        );
      }
  }
  return Uint8Array.from(bits);
}
