import type { Gray } from "../raster";

/**
 * How the jury's readers tell dark from light, emulated so that a weave can ask before it paints. Pictures are
 * at least 40 px a side.
 *
 * All four look at one pixel a module: the one that holds the module's centre in the grid that they fitted to
 * finders, alignment patterns and (zbar) the outer edge. How far those grids stray decides how large a mark must
 * be. Measured at 1024 px, versions 2–10, with everything around a module's middle painted the wrong way:
 * - zxing (both) and jsQR read without a single error from marks of 3×3 px, and nothing from 2×2;
 * - zbar needs marks of about two fifths of a module (13 px of 31, 9–11 of 21, 5 of 16), because it fits its grid
 *   to the dark runs along the right and bottom edges; a third is enough where the two outermost rows on those
 *   sides are whole modules.
 */
export interface Thresholds {
  /** A pixel is dark if and only if its grey is ≤ this. May be below 0 (never dark). */
  at(x: number, y: number): number;
  /** Pixels a side of the square cells that share a threshold; 1 = every pixel has its own. */
  readonly cell: number;
  readonly columns: number;
  readonly rows: number;
  /** The thresholds, row-major, `columns * rows`. */
  readonly values: Int16Array;
}

const BLOCK = 8;
const MIN_DYNAMIC_RANGE = 24;

/**
 * zxing-cpp's LocalAverage. Every 8×8 block with max − min > 24 votes for (max + min) / 2, other blocks do not
 * vote; a block's threshold is the mean of the votes in the 5×5 blocks around it, its own vote counting three
 * times; blocks without any vote near take the next one's in reading order. The window is moved inwards at the
 * border. Below 40 px the histogram rule is used instead.
 * @returns null where the reader gives up at once (no block has contrast).
 * @source zxing-cpp core/src/HybridBinarizer.cpp (symmetric thresholds, since 2.3)
 */
export function zxingLocalThresholds(image: Gray): Thresholds | null {
  const { width, height } = image;
  if (Math.min(width, height) < 5 * BLOCK) return constant(image, zxingHistogramThreshold(image));
  const columns = Math.ceil(width / BLOCK);
  const rows = Math.ceil(height / BLOCK);
  const votes = new Int16Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const y0 = Math.min(row * BLOCK, height - BLOCK);
    for (let column = 0; column < columns; column++) {
      const { min, max } = rangeOf(image, Math.min(column * BLOCK, width - BLOCK), y0);
      if (max - min > MIN_DYNAMIC_RANGE) votes[row * columns + column] = (max + min) >> 1;
    }
  }
  const values = new Int16Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const top = between(row, 2, rows - 3) - 2;
    for (let column = 0; column < columns; column++) {
      const left = between(column, 2, columns - 3) - 2;
      const own = votes[row * columns + column]!;
      let sum = own * 2;
      let count = own > 0 ? 2 : 0;
      for (let y = top; y < top + 5; y++) {
        for (let i = y * columns + left, end = i + 5; i < end; i++) {
          const vote = votes[i]!;
          sum += vote;
          if (vote > 0) count++;
        }
      }
      values[row * columns + column] = count > 0 ? Math.floor(sum / count) : 0;
    }
  }
  if (!fillGaps(values)) return constant(image, zxingHistogramThreshold(image));
  // The last block of a row or column is moved inwards, and painted last.
  const column = (x: number) => (x >= width - BLOCK ? columns - 1 : x >> 3);
  const row = (y: number) => (y >= height - BLOCK ? rows - 1 : y >> 3);
  return { cell: BLOCK, columns, rows, values, at: (x, y) => values[row(y) * columns + column(x)]! };
}

/**
 * zxing-cpp's GlobalHistogram: one threshold for the picture, from the middle three fifths of four rows (at
 * 1/5 … 4/5 of the height) in 32 buckets: the deepest valley, weighted towards the light peak, between the
 * tallest peak and the one that is tall and far from it.
 * @returns null where the reader gives up at once (the peaks are nearer than 3 buckets).
 * @source zxing-cpp core/src/GlobalHistogramBinarizer.cpp
 */
export function zxingHistogramThreshold({ data, width, height }: Gray): number | null {
  const buckets = new Int32Array(32);
  for (let part = 1; part < 5; part++) {
    const start = Math.floor((height * part) / 5) * width;
    const end = start + Math.floor((width * 4) / 5);
    for (let i = start + Math.floor(width / 5); i < end; i++) buckets[data[i]! >> 3]!++;
  }
  const tallest = Math.max(...buckets);
  let dark = buckets.indexOf(tallest);
  let light = best(0, 32, (x) => buckets[x]! * (x - dark) ** 2, 0) ?? 0;
  if (dark > light) [dark, light] = [light, dark];
  if (light - dark <= 2) return null;
  const depth = (x: number) => (x - dark) ** 2 * (light - x) * (tallest - buckets[x]!);
  const valley = best(light - 1, dark, depth, -1) ?? light - 1;
  return valley > 0 ? valley << 3 : null;
}

/**
 * jsQR: every 8×8 block's black point is its mean, or, where max − min ≤ 24, half its minimum, or its
 * neighbours' (above, twice left, above left) if it is darker than theirs; a block's threshold is the mean
 * black point of the 5×5 blocks around it. A flat dark area therefore stays dark, a flat grey one beside
 * light ones goes light. Exact for widths divisible by 8; else the reader's own reads past the right edge wrap
 * around, which is followed for black points, and a last row of cut blocks counts as 0.
 * @source jsQR 1.4 src/binarizer
 */
export function jsqrThresholds(image: Gray): Thresholds {
  const { data, width, height } = image;
  const columns = Math.ceil(width / BLOCK);
  const rows = Math.ceil(height / BLOCK);
  // Rounds as the reader's own array does (half to even).
  const points = new Uint8ClampedArray(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x0 = column * BLOCK;
      const y0 = row * BLOCK;
      if ((y0 + BLOCK - 1) * width + x0 + BLOCK > data.length) continue;
      const { min, max, sum } = rangeOf(image, x0, y0);
      let point = sum / (BLOCK * BLOCK);
      const i = row * columns + column;
      if (max - min <= MIN_DYNAMIC_RANGE) {
        point = min / 2;
        if (row > 0 && column > 0) {
          const near = (points[i - columns]! + 2 * points[i - 1]! + points[i - columns - 1]!) / 4;
          if (min < near) point = near;
        }
      }
      points[i] = point;
    }
  }
  const values = new Int16Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const top = between(row, 2, rows - 3) - 2;
    for (let column = 0; column < columns; column++) {
      const left = between(column, 2, columns - 3) - 2;
      let sum = 0;
      for (let y = top; y < top + 5; y++) {
        for (let i = y * columns + left, end = i + 5; i < end; i++) sum += points[i] ?? 0;
      }
      values[row * columns + column] = Math.floor(sum / 25);
    }
  }
  return { cell: BLOCK, columns, rows, values, at: (x, y) => values[(y >> 3) * columns + (x >> 3)]! };
}

/**
 * zbar: dark if at least a little over 3 below the mean of a large window around the pixel, whose sides are the
 * smallest power of two in 16 … 256 that is at least an eighth of the picture's (128 px for 1024), from
 * x − side/2 to x + side/2 − 1, border pixels repeated. (Its finder search works on edges, not on this.)
 * @source zbar zbar/qrcode/binarize.c
 */
export function zbarThresholds({ data, width, height }: Gray): Thresholds {
  const logWidth = logWindow(width);
  const logHeight = logWindow(height);
  const halfWidth = 1 << (logWidth - 1);
  const halfHeight = 1 << (logHeight - 1);
  const shift = logWidth + logHeight;
  const roundUp = (1 << shift) - 1;
  const columns = new Int32Array(width);
  const addRow = (y: number, sign: number) => {
    const start = between(y, 0, height - 1) * width;
    for (let x = 0; x < width; x++) columns[x]! += sign * data[start + x]!;
  };
  for (let y = -halfHeight; y < halfHeight; y++) addRow(y, 1);
  const values = new Int16Array(width * height);
  for (let y = 0; y < height; y++) {
    let sum = columns[0]! * (halfWidth + 1);
    for (let x = 1; x < halfWidth; x++) sum += columns[Math.min(x, width - 1)]!;
    for (let x = 0, i = y * width; x < width; x++, i++) {
      // grey + 3 < mean, in whole numbers: grey ≤ ⌈mean⌉ − 4.
      values[i] = ((sum + roundUp) >> shift) - 4;
      sum += columns[Math.min(x + halfWidth, width - 1)]! - columns[Math.max(0, x - halfWidth)]!;
    }
    addRow(y - halfHeight, -1);
    addRow(y + halfHeight, 1);
  }
  return { cell: 1, columns: width, rows: height, values, at: (x, y) => values[y * width + x]! };
}

/**
 * The pictures that zxing-cpp looks at, in its order: the picture itself, then thirds (area mean) while the
 * longer side is above 500 px. What fails on the first may be read on a later one.
 * @source zxing-cpp core/src/ReadBarcode.cpp (LumImagePyramid)
 */
export function zxingLayers(image: Gray): Gray[] {
  const layers = [image];
  for (
    let last = image;
    Math.max(last.width, last.height) > 500 && Math.min(last.width, last.height) >= 3;
  ) {
    last = third(last);
    layers.push(last);
  }
  return layers;
}

function third(image: Gray): Gray {
  const width = Math.floor(image.width / 3);
  const height = Math.floor(image.height / 3);
  const data = new Uint8ClampedArray(width * height);
  const { data: from, width: stride } = image;
  for (let y = 0, out = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 4;
      for (let i = y * 3 * stride + x * 3, end = i + 3 * stride; i < end; i += stride) {
        sum += from[i]! + from[i + 1]! + from[i + 2]!;
      }
      data[out++] = Math.floor(sum / 9);
    }
  }
  return { width, height, data };
}

/** Minimum, maximum and sum of the 8×8 block at (x0, y0); reads on into the next row past the right edge. */
function rangeOf({ data, width }: Gray, x0: number, y0: number) {
  let min = 255;
  let max = 0;
  let sum = 0;
  for (let y = 0; y < BLOCK; y++) {
    for (let i = (y0 + y) * width + x0, end = i + BLOCK; i < end; i++) {
      const grey = data[i]!;
      if (grey < min) min = grey;
      if (grey > max) max = grey;
      sum += grey;
    }
  }
  return { min, max, sum };
}

/** Gives zeros the next value in reading order, those at the end the last one. False if all are zero. */
function fillGaps(values: Int16Array): boolean {
  let next = values.findLast((value) => value > 0) ?? 0;
  for (let i = values.length - 1; i >= 0; i--) {
    if (values[i]! > 0) next = values[i]!;
    else values[i] = next;
  }
  return next > 0;
}

/** The first x from `from` to (not with) `to`, in either direction, whose score is the highest above `floor`. */
function best(from: number, to: number, score: (x: number) => number, floor: number): number | null {
  let found: number | null = null;
  let highest = floor;
  for (let x = from; x !== to; x += Math.sign(to - from)) {
    const value = score(x);
    if (value > highest) {
      highest = value;
      found = x;
    }
  }
  return found;
}

function constant({ width, height }: Gray, threshold: number | null): Thresholds | null {
  if (threshold === null) return null;
  const values = Int16Array.of(threshold);
  return { cell: Math.max(width, height), columns: 1, rows: 1, values, at: () => threshold };
}

const logWindow = (side: number) => between(Math.ceil(Math.log2((side + 7) >> 3)), 4, 8);

const between = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));
