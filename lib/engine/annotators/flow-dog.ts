import type { Picture } from "../picture";
import { bilinear } from "./bilinear";
import { gaussianHalf } from "./gaussian";
import type { EdgeField } from "./structure-tensor";

export interface FlowDogOptions {
  /** σ of the inner Gaussian across the line; the outer one is 1.6 times as wide. */
  readonly acrossPx: number;
  /** σ of the averaging along the line, which joins its pieces and forgets specks. */
  readonly alongPx: number;
  /** Where the field's gradient is below this, in levels per pixel, no line is looked for. */
  readonly leastGradient: number;
}

/**
 * How much darker a pixel is than its surroundings across the flow of edges, averaged along that flow.
 * All channels count, so that two colours of one brightness have a border; luma tells which side is the dark one.
 * @returns float32 [height · width]: at the dark side of a step, how many levels it has (root mean square over the
 *   channels); negative at its light side; 0 where nothing changes.
 * @source Kang, Lee & Chui 2007, "Coherent Line Drawing"; Winnemöller, Kyprianidis & Olsen 2012, "XDoG"
 */
export function flowDog(source: Picture, field: EdgeField, options: FlowDogOptions): Float32Array {
  return averageAlong(differenceAcross(source, field, options), field, options);
}

/** Outer minus inner Gaussian along the normal, so that dark is positive, divided by its answer to a step of one level. */
function differenceAcross(source: Picture, field: EdgeField, options: FlowDogOptions): Float32Array {
  const { width, height, data } = source;
  const { normalX, normalY, gradient } = field;
  const half = darkKernel(options.acrossPx);
  const row = width * 3;
  const dark = new Float32Array(gradient.length);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      if (gradient[at]! < options.leastGradient) continue;
      let r = 0;
      let g = 0;
      let b = 0;
      for (let d = 1 - half.length; d < half.length; d++) {
        // Bilinear with replicated borders, written out: one set of weights serves three channels.
        const sampleX = Math.min(width - 1, Math.max(0, x + d * normalX[at]!));
        const sampleY = Math.min(height - 1, Math.max(0, y + d * normalY[at]!));
        const left = sampleX | 0;
        const top = sampleY | 0;
        const weight = half[d < 0 ? -d : d]!;
        const lower = (sampleY - top) * weight;
        const upper = weight - lower;
        const right = sampleX - left;
        const a = top * row + left * 3;
        const c = a + (left < width - 1 ? 3 : 0);
        const step = top < height - 1 ? row : 0;
        const wa = upper * (1 - right);
        const wc = upper * right;
        const we = lower * (1 - right);
        const wf = lower * right;
        r += wa * data[a]! + wc * data[c]! + we * data[a + step]! + wf * data[c + step]!;
        g += wa * data[a + 1]! + wc * data[c + 1]! + we * data[a + step + 1]! + wf * data[c + step + 1]!;
        b += wa * data[a + 2]! + wc * data[c + 2]! + we * data[a + step + 2]! + wf * data[c + step + 2]!;
      }
      const levels = Math.sqrt((r * r + g * g + b * b) / 3);
      dark[at] = 0.299 * r + 0.587 * g + 0.114 * b < 0 ? -levels : levels;
    }
  return dark;
}

/** @returns the kernel's weights at 0, 1, …; all together they sum to 0. */
function darkKernel(sigmaPx: number): Float64Array {
  const outer = gaussianHalf(1.6 * sigmaPx);
  const inner = gaussianHalf(sigmaPx);
  const half = outer.map((weight, d) => weight - (inner[d] ?? 0));
  // The answer to a step is the kernel's running sum; the tail beyond d is what a pixel d before the step sees.
  let tail = 0;
  let peak = 0;
  for (let d = half.length - 1; d > 0; d--) {
    tail += half[d]!;
    peak = Math.max(peak, tail);
  }
  return half.map((weight) => weight / peak);
}

/** A line integral convolution: follows the flow one pixel a step, both ways, and averages with a Gaussian's weights. */
function averageAlong(dark: Float32Array, field: EdgeField, options: FlowDogOptions): Float32Array {
  const { width, height, gradient } = field;
  const half = gaussianHalf(options.alongPx).subarray(0, Math.ceil(2 * options.alongPx) + 1);
  const smooth = new Float32Array(dark.length);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      if (gradient[at]! < options.leastGradient) continue;
      smooth[at] =
        half[0]! * dark[at]! + follow(dark, field, half, x, y, 1) + follow(dark, field, half, x, y, -1);
    }
  return smooth;
}

/** The part of the average on one way along the line; ends at the picture's border. */
function follow(
  dark: Float32Array,
  { width, height, normalX, normalY }: EdgeField,
  half: Float64Array,
  startX: number,
  startY: number,
  way: 1 | -1,
): number {
  let x = startX;
  let y = startY;
  // The tangent is the normal turned by 90°; its sign follows the last step's, so that the path never turns back.
  let tangentX = -way * normalY[startY * width + startX]!;
  let tangentY = way * normalX[startY * width + startX]!;
  let sum = 0;
  for (let d = 1; d < half.length; d++) {
    x += tangentX;
    y += tangentY;
    const column = (x + 0.5) | 0;
    const row = (y + 0.5) | 0;
    if (x < 0 || y < 0 || column >= width || row >= height) break;
    sum += half[d]! * bilinear(dark, width, height, x, y);
    const at = row * width + column;
    const turn = normalX[at]! * tangentY - normalY[at]! * tangentX < 0 ? -1 : 1;
    tangentX = -turn * normalY[at]!;
    tangentY = turn * normalX[at]!;
  }
  return sum;
}
