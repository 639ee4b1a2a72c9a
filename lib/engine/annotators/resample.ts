import { type Picture, picture } from "../picture";

/** What each output sample of one axis is made of: `size` inputs and their weights, which sum to 1. */
interface Taps {
  readonly size: number;
  readonly from: Int32Array;
  readonly weights: Float32Array;
}

/** Rows of numbers, `channels` a pixel. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: ArrayLike<number>;
}

/**
 * Resamples to width × height: area averaging along an axis that shrinks, bicubic (a = −0.75) along one that grows;
 * pixel centres aligned, borders replicated.
 * @source OpenCV `INTER_AREA` and `INTER_CUBIC` · @golden tests/golden/annotators, max |Δ| ≤ 1 of 255
 */
export const resample = (source: Picture, width: number, height: number): Picture =>
  resamplePicture(source, width, height, (input, output) =>
    output < input ? areaTaps(input, output) : cubicTaps(input, output),
  );

/**
 * As torch.nn.functional.interpolate's bicubic, which is not antialiased, on numbers of any range.
 * @returns float32 [height, width, channels].
 */
export const resampleNumbers = (source: Raster, width: number, height: number): Float32Array =>
  resampleRaster(source, cubicTaps(source.width, width), cubicTaps(source.height, height));

function resamplePicture(
  source: Picture,
  width: number,
  height: number,
  tapsOf: (input: number, output: number) => Taps,
): Picture {
  if (width === source.width && height === source.height) return source;
  const target = picture(width, height);
  const raster = { ...source, channels: 3 };
  target.data.set(resampleRaster(raster, tapsOf(source.width, width), tapsOf(source.height, height)));
  return target;
}

function resampleRaster(source: Raster, across: Taps, down: Taps): Float32Array {
  const { channels } = source;
  const narrow = resampleRows(source, across);
  const row = (across.from.length / across.size) * channels;
  const height = down.from.length / down.size;
  const out = new Float32Array(height * row);
  for (let y = 0; y < height; y++) {
    const sum = out.subarray(y * row, (y + 1) * row);
    for (let k = y * down.size; k < (y + 1) * down.size; k++) {
      const weight = down.weights[k]!;
      const from = down.from[k]! * row;
      if (weight !== 0) for (let i = 0; i < row; i++) sum[i]! += weight * narrow[from + i]!;
    }
  }
  return out;
}

/** @returns float32 [source height, width, channels]. */
function resampleRows({ height, channels, data, ...source }: Raster, { size, from, weights }: Taps) {
  const width = from.length / size;
  const rows = new Float32Array(height * width * channels);
  for (let y = 0, out = 0; y < height; y++) {
    const row = y * source.width * channels;
    for (let x = 0; x < width; x++, out += channels)
      for (let k = x * size; k < (x + 1) * size; k++) {
        const at = row + from[k]! * channels;
        const weight = weights[k]!;
        for (let c = 0; c < channels; c++) rows[out + c]! += weight * data[at + c]!;
      }
  }
  return rows;
}

/** Each output covers input/output samples; those at its ends count by the part that it covers. */
function areaTaps(input: number, output: number): Taps {
  const scale = input / output;
  const size = Math.ceil(scale) + 1;
  const from = new Int32Array(output * size);
  const weights = new Float32Array(output * size);
  for (let i = 0; i < output; i++) {
    const start = i * scale;
    const end = Math.min(input, start + scale);
    for (let k = 0; k < size; k++) {
      const at = Math.floor(start) + k;
      from[i * size + k] = Math.min(input - 1, at);
      weights[i * size + k] = Math.max(0, Math.min(end, at + 1) - Math.max(start, at)) / (end - start);
    }
  }
  return { size, from, weights };
}

function cubicTaps(input: number, output: number): Taps {
  const from = new Int32Array(output * 4);
  const weights = new Float32Array(output * 4);
  for (let i = 0; i < output; i++) {
    const centre = ((i + 0.5) * input) / output - 0.5;
    const first = Math.floor(centre) - 1;
    for (let k = 0; k < 4; k++) {
      from[i * 4 + k] = Math.min(input - 1, Math.max(0, first + k));
      weights[i * 4 + k] = cubic(Math.abs(centre - first - k), -0.75);
    }
  }
  return { size: 4, from, weights };
}

/** Keys' convolution kernel with the parameter a, at distance d ≥ 0. */
export function cubic(d: number, a: number): number {
  if (d >= 2) return 0;
  return d <= 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : a * (((d - 5) * d + 8) * d - 4);
}
