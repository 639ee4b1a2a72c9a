import { type Picture, picture } from "../picture";

/** What each output sample of one axis is made of: `size` inputs and their weights, which sum to 1. */
interface Taps {
  readonly size: number;
  readonly from: Int32Array;
  readonly weights: Float32Array;
}

/**
 * Resamples to width × height: area averaging along an axis that shrinks, bicubic (a = −0.75) along one that grows;
 * pixel centres aligned, borders replicated.
 * @source OpenCV `INTER_AREA` and `INTER_CUBIC` · @golden tests/golden/annotators, max |Δ| ≤ 1 of 255
 */
export function resample(source: Picture, width: number, height: number): Picture {
  if (width === source.width && height === source.height) return source;
  const target = picture(width, height);
  const across = tapsOf(source.width, width);
  const down = tapsOf(source.height, height);
  const narrow = resampleRows(source, across, width);
  const row = width * 3;
  const sum = new Float32Array(row);
  for (let y = 0; y < height; y++) {
    sum.fill(0);
    for (let k = y * down.size; k < (y + 1) * down.size; k++) {
      const weight = down.weights[k]!;
      const from = down.from[k]! * row;
      if (weight !== 0) for (let i = 0; i < row; i++) sum[i]! += weight * narrow[from + i]!;
    }
    target.data.set(sum, y * row);
  }
  return target;
}

/** @returns float32 [source height, width, 3]. */
function resampleRows(source: Picture, { size, from, weights }: Taps, width: number): Float32Array {
  const rows = new Float32Array(source.height * width * 3);
  for (let y = 0, out = 0; y < source.height; y++) {
    const row = y * source.width * 3;
    for (let x = 0; x < width; x++, out += 3) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let k = x * size; k < (x + 1) * size; k++) {
        const at = row + from[k]! * 3;
        const weight = weights[k]!;
        red += weight * source.data[at]!;
        green += weight * source.data[at + 1]!;
        blue += weight * source.data[at + 2]!;
      }
      rows[out] = red;
      rows[out + 1] = green;
      rows[out + 2] = blue;
    }
  }
  return rows;
}

const tapsOf = (input: number, output: number): Taps =>
  output < input ? areaTaps(input, output) : cubicTaps(input, output);

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
      weights[i * 4 + k] = cubic(Math.abs(centre - first - k));
    }
  }
  return { size: 4, from, weights };
}

/** Keys' convolution kernel with a = −0.75, at distance d in [0, 2]. */
const cubic = (d: number): number =>
  d <= 1 ? (1.25 * d - 2.25) * d * d + 1 : ((-0.75 * d + 3.75) * d - 6) * d + 3;
