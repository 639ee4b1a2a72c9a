import type { GreyPlane } from "./grey-plane";
import { type Blot, inkBlots } from "./ink-blots";

/** Where there may be a row of letters, in the plane's pixels; right and bottom are beyond it. */
export interface TextRow {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** How many blots stand in it. */
  readonly blots: number;
  /** The luminance that it is written with. */
  readonly ink: number;
}

/**
 * Blots from which on a row may be letters. In a plane made smaller, where large letters are looked for, fewer do: signs are
 * short, and little else is left there that could be taken for them.
 */
const LOOKS = [
  { smaller: 1, least: 5 },
  { smaller: 4, least: 4 },
] as const;
/** How far two letters of a row may differ in luminance, of 255. */
const INK = 20;

/**
 * Where text may be: marks of about one height, stroke and shade that stand beside each other, darker or lighter than what
 * is around them. Takes for text rather too much than too little: who reads there will see.
 * @returns the rows with the most marks first; none where there is hardly any text.
 * @source Epshtein, Ofek and Wexler, "Detecting text in natural scenes with stroke width transform" (2010), for what
 *         letters have in common; here on blots of a local threshold.
 */
export function textRows(plane: GreyPlane): TextRow[] {
  const rows = LOOKS.flatMap(({ smaller, least }) => {
    const looked = smaller === 1 ? plane : shrink(plane, smaller);
    return ([1, -1] as const)
      .flatMap((sign) => merge(rowsOf(inkBlots(looked, sign), least)))
      .map((row) => ({
        ...row,
        left: row.left * smaller,
        top: row.top * smaller,
        right: row.right * smaller,
        bottom: row.bottom * smaller,
      }));
  });
  return rows.sort((a, b) => b.blots - a.blots);
}

/** The longest chain through every blot that has one of at least so many. */
function rowsOf(blots: readonly Blot[], least: number): TextRow[] {
  const sorted = [...blots].sort((a, b) => a.left - b.left);
  const lengths = new Uint16Array(sorted.length).fill(1);
  const before = new Int32Array(sorted.length).fill(-1);
  for (const [i, blot] of sorted.entries()) {
    const reach = blot.right + heightOf(blot);
    // A blot may stand beside one of half its height, or of twice its own.
    for (let j = i + 1; j < sorted.length && sorted[j]!.left <= reach + heightOf(blot); j++) {
      if (lengths[j]! > lengths[i]! || !follows(blot, sorted[j]!)) continue;
      lengths[j] = lengths[i]! + 1;
      before[j] = i;
    }
  }
  const isTaken = new Uint8Array(sorted.length);
  const rows: TextRow[] = [];
  const longestFirst = [...lengths.keys()]
    .filter((i) => lengths[i]! >= least)
    .sort((a, b) => lengths[b]! - lengths[a]!);
  for (const end of longestFirst) {
    const chain: Blot[] = [];
    for (let i = end; i >= 0 && !isTaken[i]; i = before[i]!) {
      isTaken[i] = 1;
      chain.push(sorted[i]!);
    }
    if (chain.length >= least) rows.push(rowAround(chain));
  }
  return rows;
}

function rowAround(chain: readonly Blot[]): TextRow {
  return {
    left: Math.min(...chain.map(({ left }) => left)),
    top: Math.min(...chain.map(({ top }) => top)),
    right: Math.max(...chain.map(({ right }) => right)) + 1,
    bottom: Math.max(...chain.map(({ bottom }) => bottom)) + 1,
    blots: chain.length,
    ink: chain.reduce((sum, { ink }) => sum + ink, 0) / chain.length,
  };
}

const heightOf = ({ top, bottom }: Blot): number => bottom - top + 1;

function follows(a: Blot, b: Blot): boolean {
  const [high, low] = [Math.max(heightOf(a), heightOf(b)), Math.min(heightOf(a), heightOf(b))];
  const overlap = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) + 1;
  const isOnLine = Math.min(Math.abs(a.bottom - b.bottom), Math.abs(a.top - b.top)) <= 0.2 * high;
  const isBeside = b.left - a.right <= high && b.left >= a.left + 0.3 * low;
  const strokes = Math.max(a.stroke, b.stroke) / Math.min(a.stroke, b.stroke);
  const isAlike = strokes <= 2.2 && Math.abs(a.ink - b.ink) <= INK;
  return high <= 2 * low && overlap >= 0.6 * low && isOnLine && isBeside && isAlike;
}

/** Rows on one line, one shortly behind the other or within it, are one: letters have parts, and lines have words. */
function merge(rows: readonly TextRow[]): TextRow[] {
  const merged: TextRow[] = [];
  for (const row of [...rows].sort((a, b) => a.left - b.left)) {
    const at = merged.findIndex((other) => isOneLine(other, row));
    if (at < 0) merged.push(row);
    else merged[at] = join(merged[at]!, row);
  }
  return merged;
}

function isOneLine(a: TextRow, b: TextRow): boolean {
  const [ha, hb] = [a.bottom - a.top, b.bottom - b.top];
  const overlap = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return (
    overlap >= 0.5 * Math.min(ha, hb) &&
    b.left - a.right <= 1.5 * Math.max(ha, hb) &&
    Math.max(ha, hb) <= 2.5 * Math.min(ha, hb) &&
    Math.abs(a.ink - b.ink) <= 2 * INK
  );
}

const join = (a: TextRow, b: TextRow): TextRow => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
  blots: a.blots + b.blots,
  ink: (a.ink * a.blots + b.ink * b.blots) / (a.blots + b.blots),
});

/** By averaging squares. */
function shrink({ width, height, data }: GreyPlane, factor: number): GreyPlane {
  const [w, h] = [Math.floor(width / factor), Math.floor(height / factor)];
  const small = new Uint8Array(w * h);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let dy = 0; dy < factor; dy++)
        for (let dx = 0; dx < factor; dx++) sum += data[(y * factor + dy) * width + x * factor + dx]!;
      small[y * w + x] = sum / factor ** 2;
    }
  return { width: w, height: h, data: small };
}
