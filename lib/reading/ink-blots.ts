import type { GreyPlane } from "./grey-plane";

/** Connected pixels that stand out from what is around them: what a letter, or a part of one, looks like. */
export interface Blot {
  readonly left: number;
  readonly top: number;
  /** The last column and row that it reaches. */
  readonly right: number;
  readonly bottom: number;
  /** The mean length of its rows of pixels: how broad the pen was, for an upright stroke. */
  readonly stroke: number;
  /** The mean luminance of its pixels. */
  readonly ink: number;
}

/** Half the side of the square that a pixel is compared with, and by how much it must differ from its mean, of 255. */
const [AROUND, CONTRAST] = [15, 22];
/** Heights, in pixels, that letters have in a plane that is not too large or too small for them. */
export const HEIGHTS = { least: 7, most: 64 } as const;

/**
 * The blots of a plane that are as high as letters.
 * @param sign 1 for what is darker than its surroundings, -1 for what is lighter.
 */
export function inkBlots(plane: GreyPlane, sign: 1 | -1): Blot[] {
  const runs = inkRuns(plane, sign);
  const root = (i: number): number => {
    while (runs.parent[i] !== i) {
      runs.parent[i] = runs.parent[runs.parent[i]!]!;
      i = runs.parent[i]!;
    }
    return i;
  };
  joinTouching(runs, plane.height, root);
  const blots = new Map<number, { -readonly [K in keyof Blot]: Blot[K] } & { area: number; runs: number }>();
  const light = (y: number, from: number, to: number): number => {
    let sum = 0;
    for (let x = from; x <= to; x++) sum += plane.data[y * plane.width + x]!;
    return sum;
  };
  for (let y = 0; y < plane.height; y++)
    for (let i = runs.rows[y]!; i < runs.rows[y + 1]!; i++) {
      const [from, to] = [runs.from[i]!, runs.to[i]!];
      const blot = blots.get(root(i));
      if (!blot) {
        blots.set(root(i), {
          ...{ left: from, right: to, top: y, bottom: y },
          ...{ area: to - from + 1, runs: 1, stroke: 0, ink: light(y, from, to) },
        });
        continue;
      }
      blot.left = Math.min(blot.left, from);
      blot.right = Math.max(blot.right, to);
      blot.bottom = y;
      blot.area += to - from + 1;
      blot.runs++;
      blot.ink += light(y, from, to);
    }
  const found: Blot[] = [];
  for (const { area, runs: count, ...blot } of blots.values()) {
    const height = blot.bottom - blot.top + 1;
    const width = blot.right - blot.left + 1;
    const stroke = area / count;
    if (height < HEIGHTS.least || height > HEIGHTS.most || width > 4 * height) continue;
    if (stroke > 0.7 * height) continue;
    found.push({ ...blot, stroke, ink: blot.ink / area });
  }
  return found;
}

/** Rows of pixels that stand out: where each row's begin in the lists, their first and last columns. */
interface Runs {
  rows: Int32Array;
  from: number[];
  to: number[];
  parent: number[];
}

function inkRuns({ width, height, data }: GreyPlane, sign: 1 | -1): Runs {
  const runs: Runs = { rows: new Int32Array(height + 1), from: [], to: [], parent: [] };
  const sums = new Int32Array(width);
  let [first, end] = [0, 0];
  for (let y = 0; y < height; y++) {
    // The sums of the columns within reach follow the row.
    for (; end <= Math.min(height - 1, y + AROUND); end++)
      for (let x = 0; x < width; x++) sums[x]! += data[end * width + x]!;
    for (; first < y - AROUND; first++) for (let x = 0; x < width; x++) sums[x]! -= data[first * width + x]!;
    inkRow({ row: data.subarray(y * width, (y + 1) * width), sums, rows: end - first }, sign, runs);
    runs.rows[y + 1] = runs.from.length;
  }
  return runs;
}

function inkRow(
  { row, sums, rows }: { row: Uint8Array; sums: Int32Array; rows: number },
  sign: 1 | -1,
  { from, to, parent }: Runs,
): void {
  const width = row.length;
  let [sum, left, right, isInk] = [0, 0, 0, false];
  for (let x = 0; x < width; x++) {
    for (; right <= Math.min(width - 1, x + AROUND); right++) sum += sums[right]!;
    for (; left < x - AROUND; left++) sum -= sums[left]!;
    const is = sign * (sum / ((right - left) * rows) - row[x]!) > CONTRAST;
    if (is && !isInk) {
      parent.push(from.length);
      from.push(x);
      to.push(x);
    } else if (is) to[to.length - 1] = x;
    isInk = is;
  }
}

/** Runs of neighbouring rows that touch, also at corners, are of one blot. */
function joinTouching({ rows, from, to, parent }: Runs, height: number, root: (i: number) => number): void {
  for (let y = 1; y < height; y++) {
    let above = rows[y - 1]!;
    for (let i = rows[y]!; i < rows[y + 1]!; i++) {
      while (above < rows[y]! && to[above]! < from[i]! - 1) above++;
      for (let j = above; j < rows[y]! && from[j]! <= to[i]! + 1; j++) parent[root(i)] = root(j);
    }
  }
}
