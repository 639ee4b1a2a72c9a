import type { Picture } from "../picture";
import { blur } from "./gaussian";
import { greyPicture } from "./luminance";
import { drawLines, softPen } from "./pen";
import { addEnlarged, shrinkPlane } from "./plane-scale";
import { assertPositive } from "./positive";
import { resample } from "./resample";
import { edgeField, type StructureTensor, structureTensor } from "./structure-tensor";
import { traceLines } from "./trace";

export interface SoftEdgeOptions {
  /** Step in levels (of 255) that a contour must have somewhere; fainter ones are left out. 14 unless told. */
  readonly contrast?: number;
  /** σ of the strokes' fading. 1.3 unless told. */
  readonly softnessPx?: number;
  /** Contours shorter than this both across and down are left out. 12 unless told. */
  readonly leastLengthPx?: number;
}

/** Blur before the gradient, at every size. */
const SIGMA_PX = 1.5;

/** How many times smaller the copies are in which contours are looked for too. */
const COARSER = [2, 4];

/** A step of one level has this gradient after that blur, in the sum over all sizes. */
const STEP_GRADIENT = Math.sqrt((1 + COARSER.length) / (2 * Math.PI)) / SIGMA_PX;

/** Which part of the mean gradient around is taken off, and σ of that mean: fur and leaves fade, lone contours stay. */
const SUPPRESSION = 0.8;
const SURROUND_PX = 10;

/** A contour goes on while it has this part of the contrast that it must reach somewhere. */
const WEAK_PART = 1 / 3;

/** Levels of a step that is drawn fully white. */
const WHITE_LEVELS = 100;

/**
 * The contours of the picture as soft strokes, white on black and brighter where the step is greater: what
 * ControlNets trained on HED or PiDiNet edges take, without a model.
 * @throws EngineError setting_invalid where an option is not above 0.
 * @source Grigorescu, Petkov & Westenberg 2003, "Contour detection based on nonclassical receptive field inhibition"
 */
export function softEdge(source: Picture, options: SoftEdgeOptions = {}): Picture {
  const { contrast = 14, softnessPx = 1.3, leastLengthPx = 12 } = options;
  assertPositive("soft-edge", { contrast, softnessPx, leastLengthPx });
  const { width, height } = source;
  const field = edgeField(tensorOfAllSizes(source));
  const around = surround(field.gradient, width, height);
  const strength = new Float32Array(width * height);
  for (let i = 0; i < strength.length; i++)
    strength[i] = Math.max(0, field.gradient[i]! - SUPPRESSION * around[i]!) / STEP_GRADIENT;
  const lines = traceLines(strength, field, { weak: contrast * WEAK_PART, strong: contrast, leastLengthPx });
  const pressure = (levels: number) => Math.min(1, Math.sqrt(levels / WHITE_LEVELS));
  return greyPicture(width, height, drawLines(lines, width, height, softPen(softnessPx), pressure));
}

/** The sum of the tensors of the picture and of its smaller copies: a contour is one at every size, texture is not. */
function tensorOfAllSizes(source: Picture): StructureTensor {
  const { width, height } = source;
  const sum = structureTensor(source, SIGMA_PX);
  for (const factor of COARSER) {
    const small = resample(source, Math.ceil(width / factor), Math.ceil(height / factor));
    const tensor = structureTensor(small, SIGMA_PX);
    for (const entry of ["xx", "xy", "yy"] as const)
      addEnlarged({ width, height, data: sum[entry] }, { ...small, data: tensor[entry] });
  }
  return sum;
}

/** A wide blur, made on a copy four times smaller. */
function surround(gradient: Float32Array, width: number, height: number): Float32Array {
  const small = shrinkPlane({ width, height, data: gradient }, 4);
  const around = { width, height, data: new Float32Array(gradient.length) };
  addEnlarged(around, { ...small, data: blur(small.data, small.width, small.height, SURROUND_PX / 4) });
  return around.data;
}
