import { jsqrThresholds, zbarThresholds, zxingHistogramThreshold, zxingLocalThresholds } from "../jury/binarizers";
import type { DecoderName } from "../jury/decoders";
import type { Gray } from "../raster";

/** One way in which a reader may come to see the canvas: which reader, from how far, how sharp. */
export interface View {
  readonly reader: DecoderName;
  /** The reader gets the canvas shrunk by this whole factor (area mean). */
  readonly shrink: number;
  /** σ in canvas pixels of a blur before that, 0 for none. */
  readonly blurPx: number;
  /** The reader's grid may be off by this many of its own pixels. */
  readonly slipPx: number;
  /** Grey levels by which a sample must be on its side of the threshold. */
  readonly margin: number;
}

/** What a reader would decide by: thresholds and samples of a view, indexed by canvas position. */
export interface Seen {
  /** Lightest and darkest sample within the slip around a canvas position, and the threshold there. */
  sample(x: number, y: number): { min: number; max: number; threshold: number };
}

/** A view's picture, or null where the reader sees no contrast at all. Pictures are shared between views of one optic. */
export function see(canvas: Gray, view: View, optics: Map<string, Gray>): Seen | null {
  const key = `${view.shrink}/${view.blurPx}`;
  const image = optics.get(key) ?? shrinkBy(blurGray(canvas, view.blurPx), view.shrink);
  optics.set(key, image);
  const threshold = thresholdsOf(image, view.reader);
  if (!threshold) return null;
  const { data, width, height } = image;
  const slip = view.slipPx;
  return {
    sample(cx, cy) {
      const x = Math.min(Math.floor(cx / view.shrink), width - 1);
      const y = Math.min(Math.floor(cy / view.shrink), height - 1);
      let min = 255;
      let max = 0;
      for (let dy = -slip; dy <= slip; dy++)
        for (let dx = -slip; dx <= slip; dx++) {
          const value = data[(y + dy) * width + x + dx]!;
          if (value < min) min = value;
          if (value > max) max = value;
        }
      return { min, max, threshold: threshold(x, y) };
    },
  };
}

function thresholdsOf(image: Gray, reader: DecoderName): ((x: number, y: number) => number) | null {
  if (reader === "zxing-histogram") {
    const threshold = zxingHistogramThreshold(image);
    return threshold === null ? null : () => threshold;
  }
  const map =
    reader === "zxing-local"
      ? zxingLocalThresholds(image)
      : reader === "jsqr"
        ? jsqrThresholds(image)
        : zbarThresholds(image);
  return map && ((x, y) => map.at(x, y));
}

/** Mean over `factor`² pixels; a remainder at the right and bottom is left out. */
export function shrinkBy(image: Gray, factor: number): Gray {
  if (factor === 1) return image;
  const width = Math.floor(image.width / factor);
  const height = Math.floor(image.height / factor);
  const data = new Uint8ClampedArray(width * height);
  const sums = new Uint32Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let dy = 0; dy < factor; dy++) {
      let i = (y * factor + dy) * image.width;
      for (let x = 0; x < width; x++) for (let dx = 0; dx < factor; dx++) sums[x]! += image.data[i++]!;
    }
    for (let x = 0; x < width; x++) data[y * width + x] = sums[x]! / (factor * factor);
  }
  return { width, height, data };
}

/** Gaussian blur, border pixels repeated. */
export function blurGray(image: Gray, sigmaPx: number): Gray {
  if (sigmaPx === 0) return image;
  const { width, height } = image;
  const radius = Math.ceil(sigmaPx * 3);
  const taps = Float32Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigmaPx ** 2)));
  const total = taps.reduce((a, b) => a + b, 0);
  const across = new Float32Array(width * height);
  const line = new Float32Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    for (let x = 0; x < line.length; x++) line[x] = image.data[start + Math.min(Math.max(x - radius, 0), width - 1)]!;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < taps.length; k++) sum += taps[k]! * line[x + k]!;
      across[start + x] = sum / total;
    }
  }
  const data = new Uint8ClampedArray(width * height);
  const sums = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let k = 0; k < taps.length; k++) {
      const row = Math.min(Math.max(y + k - radius, 0), height - 1) * width;
      const tap = taps[k]! / total;
      for (let x = 0; x < width; x++) sums[x]! += tap * across[row + x]!;
    }
    data.set(sums, y * width);
  }
  return { width, height, data };
}
