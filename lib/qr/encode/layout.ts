import { alignmentCentres, type BlockPlan } from "./capacity";
import { type Ecc, Role, sizeOfVersion } from "./code";

/** Where everything of a version stands, before any payload: shared by all codes of that version, never written to. */
export interface Layout {
  readonly version: number;
  readonly size: number;
  readonly roles: Uint8Array;
  /** Function modules already drawn (1 dark); format bits, version bits and data are 0. */
  readonly base: Uint8Array;
  /** Module index of the i-th bit of the interleaved codeword stream, then the remainder bits. */
  readonly stream: Uint32Array;
}

const layouts = new Map<number, Layout>();

export function layoutOf(version: number): Layout {
  const known = layouts.get(version);
  if (known) return known;
  const size = sizeOfVersion(version);
  const roles = new Uint8Array(size * size);
  const base = new Uint8Array(size * size);
  const set = (x: number, y: number, role: Role, dark: boolean): void => {
    roles[y * size + x] = role;
    base[y * size + x] = dark ? 1 : 0;
  };
  drawTiming(size, set);
  drawFinders(size, set);
  drawAlignments(version, set);
  reserveFormat(size, set);
  if (version >= 7) drawVersion(version, size, set);
  const stream = zigzag(size, roles);
  for (const index of stream.subarray(stream.length & ~7)) roles[index] = Role.remainder;
  const layout = { version, size, roles, base, stream };
  layouts.set(version, layout);
  return layout;
}

type Set = (x: number, y: number, role: Role, dark: boolean) => void;

function drawTiming(size: number, set: Set): void {
  for (let i = 0; i < size; i++) {
    set(6, i, Role.timing, i % 2 === 0);
    set(i, 6, Role.timing, i % 2 === 0);
  }
}

function drawFinders(size: number, set: Set): void {
  for (const [cx, cy] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    for (let dy = -4; dy <= 4; dy++)
      for (let dx = -4; dx <= 4; dx++) {
        const x = cx + dx;
        const y = cy + dy;
        if (x < 0 || y < 0 || x >= size || y >= size) continue;
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        set(x, y, ring === 4 ? Role.separator : Role.finder, ring !== 2 && ring !== 4);
      }
}

function drawAlignments(version: number, set: Set): void {
  const centres = alignmentCentres(version);
  const last = centres.length - 1;
  centres.forEach((cy, j) => {
    centres.forEach((cx, i) => {
      // Three corners belong to the finders.
      if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) return;
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++)
          set(cx + dx, cy + dy, Role.alignment, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    });
  });
}

/** The 15 places of each copy of the format bits, bit 0 (least significant) first. */
function formatPlaces(size: number): readonly (readonly [x: number, y: number])[][] {
  const first: [number, number][] = [];
  const second: [number, number][] = [];
  for (let i = 0; i < 15; i++) {
    first.push(i < 6 ? [8, i] : i < 8 ? [8, i + 1] : i === 8 ? [7, 8] : [14 - i, 8]);
    second.push(i < 8 ? [size - 1 - i, 8] : [8, size - 15 + i]);
  }
  return [first, second];
}

function reserveFormat(size: number, set: Set): void {
  for (const copy of formatPlaces(size)) for (const [x, y] of copy) set(x, y, Role.format, false);
  set(8, size - 8, Role.format, true); // the module that is always dark
}

/** Draws both copies of the format information, BCH(15, 5) masked by 0x5412, into `modules`. */
export function drawFormat(modules: Uint8Array, size: number, ecc: Ecc, mask: number): void {
  const data = ({ L: 1, M: 0, Q: 3, H: 2 }[ecc] << 3) | mask;
  let rest = data;
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const bits = ((data << 10) | rest) ^ 0x5412;
  for (const copy of formatPlaces(size))
    copy.forEach(([x, y], i) => {
      modules[y * size + x] = (bits >> i) & 1;
    });
}

/** Version information, BCH(18, 6), from version 7 on. */
function drawVersion(version: number, size: number, set: Set): void {
  let rest = version;
  for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let i = 0; i < 18; i++) {
    const a = size - 11 + (i % 3);
    const b = Math.floor(i / 3);
    const dark = ((bits >> i) & 1) === 1;
    set(a, b, Role.version, dark);
    set(b, a, Role.version, dark);
  }
}

/** Data modules in reading order: two-column strips from the right, alternately upwards and downwards. */
function zigzag(size: number, roles: Uint8Array): Uint32Array {
  const order: number[] = [];
  let upwards = true;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5; // the vertical timing pattern takes a column of its own
    for (let step = 0; step < size; step++) {
      const y = upwards ? size - 1 - step : step;
      for (const x of [right, right - 1]) if (roles[y * size + x] === Role.data) order.push(y * size + x);
    }
    upwards = !upwards;
  }
  return Uint32Array.from(order);
}

/**
 * Place of every block's codewords in the interleaved stream: `places[b][i]` is the stream position (in codewords)
 * of block b's i-th codeword, data codewords first, then check codewords.
 */
export function interleave(plan: BlockPlan): Uint32Array[] {
  const { blocks, checkPerBlock } = plan;
  const places = blocks.map((dataCount) => new Uint32Array(dataCount + checkPerBlock));
  let position = 0;
  const longest = Math.max(...blocks);
  for (let i = 0; i < longest; i++)
    blocks.forEach((dataCount, b) => {
      if (i < dataCount) places[b]![i] = position++;
    });
  for (let i = 0; i < checkPerBlock; i++)
    blocks.forEach((dataCount, b) => {
      places[b]![dataCount + i] = position++;
    });
  return places;
}
