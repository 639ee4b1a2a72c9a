import { type Picture, picture } from "../picture";
import { cubic } from "./resample";

/** What a neighbour counts at a distance of so many output pixels, and from where on nothing. */
interface Kernel {
  readonly reach: number;
  readonly at: (distance: number) => number;
}

const KERNELS = {
  bicubic: { reach: 2, at: (distance) => cubic(distance, -0.5) },
  bilinear: { reach: 1, at: (distance) => Math.max(0, 1 - distance) },
} as const satisfies Readonly<Record<string, Kernel>>;
export type KernelName = keyof typeof KERNELS;

/** A rectangle of pixels. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * As `resample`, but as Pillow and torchvision do it for what networks look at: the kernel is as much wider as an axis
 * shrinks; what the rows become is bytes again before the columns are taken.
 * @param cut what is wanted of the picture of width × height; all of it by default. What lies outside is not computed.
 * @source Pillow Resample.c `BICUBIC` (a = −0.5), `BILINEAR` · @golden tests/golden/vision-processors, max |Δ| ≤ 1 of 255
 */
export function resampleAntialiased(
  source: Picture,
  width: number,
  height: number,
  {
    kernel = "bicubic",
    cut = { left: 0, top: 0, width, height },
  }: { readonly kernel?: KernelName; readonly cut?: Window } = {},
): Picture {
  const tapsOf = (input: number, output: number, from: number, count: number) =>
    input === output ? sameTaps(from, count) : tapsFor(input, output, from, count, KERNELS[kernel]);
  const down = tapsOf(source.height, height, cut.top, cut.height);
  const across = tapsOf(source.width, width, cut.left, cut.width);
  return resampleColumns(resampleRows(source, across, down), down);
}

/** What each output sample of one axis is made of: `counts` inputs from `firsts` on, and their weights, `size` an output. */
interface Taps {
  readonly size: number;
  readonly firsts: Int32Array;
  readonly counts: Int32Array;
  readonly weights: Float32Array;
}

const emptyTaps = (count: number, size: number): Taps => ({
  size,
  firsts: new Int32Array(count),
  counts: new Int32Array(count),
  weights: new Float32Array(count * size),
});

function sameTaps(from: number, count: number): Taps {
  const taps = emptyTaps(count, 1);
  taps.counts.fill(1);
  taps.weights.fill(1);
  for (let i = 0; i < count; i++) taps.firsts[i] = from + i;
  return taps;
}

/** The kernel is stretched to cover what an output stands for; what lies beyond the border does not count. */
function tapsFor(input: number, output: number, from: number, count: number, { reach, at }: Kernel): Taps {
  const scale = input / output;
  const stretch = Math.max(1, scale);
  const taps = emptyTaps(count, 2 * Math.ceil(reach * stretch) + 1);
  for (let i = 0; i < count; i++) {
    const centre = (from + i + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach * stretch + 0.5));
    const end = Math.min(input, Math.floor(centre + reach * stretch + 0.5));
    const own = Array.from({ length: end - first }, (_, k) =>
      at(Math.abs((first + k + 0.5 - centre) / stretch)),
    );
    const sum = own.reduce((total, weight) => total + weight, 0);
    taps.firsts[i] = first;
    taps.counts[i] = own.length;
    taps.weights.set(
      own.map((weight) => weight / sum),
      i * taps.size,
    );
  }
  return taps;
}

/** Only rows that columns are made of are filled; the others stay black. */
function resampleRows({ width, height, data }: Picture, taps: Taps, down: Taps): Picture {
  const { size, firsts, counts, weights } = taps;
  const out = picture(firsts.length, height);
  const last = down.firsts.length - 1;
  const end = down.firsts[last]! + down.counts[last]!;
  for (let y = down.firsts[0]!; y < end; y++)
    for (let x = 0, to = y * out.width * 3; x < out.width; x++, to += 3) {
      let from = (y * width + firsts[x]!) * 3;
      let [red, green, blue] = [0, 0, 0];
      for (let k = x * size, stop = k + counts[x]!; k < stop; k++, from += 3) {
        const weight = weights[k]!;
        red += weight * data[from]!;
        green += weight * data[from + 1]!;
        blue += weight * data[from + 2]!;
      }
      out.data[to] = red;
      out.data[to + 1] = green;
      out.data[to + 2] = blue;
    }
  return out;
}

function resampleColumns({ width, data }: Picture, { size, firsts, counts, weights }: Taps): Picture {
  const out = picture(width, firsts.length);
  const row = width * 3;
  const sum = new Float32Array(row);
  for (let y = 0; y < out.height; y++) {
    sum.fill(0);
    for (let k = 0; k < counts[y]!; k++) {
      const weight = weights[y * size + k]!;
      const from = (firsts[y]! + k) * row;
      for (let i = 0; i < row; i++) sum[i]! += weight * data[from + i]!;
    }
    out.data.set(sum, y * row);
  }
  return out;
}
