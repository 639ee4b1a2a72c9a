import type { Picture } from "../picture";
import { flowDog } from "./flow-dog";
import { greyPicture } from "./luminance";
import { drawLines, inkPen } from "./pen";
import { assertPositive } from "./positive";
import { edgeField, smoothTensor, structureTensor } from "./structure-tensor";
import { traceLines } from "./trace";

export interface LineArtOptions {
  /** Step in levels (of 255) that a line must have somewhere; fainter lines are left out. 24 unless told. */
  readonly contrast?: number;
  /** Width of the strokes. 1.5 unless told. */
  readonly widthPx?: number;
  /** Lines shorter than this both across and down are left out. 12 unless told. */
  readonly leastLengthPx?: number;
}

/** A line goes on while it has this part of the contrast that it must reach somewhere. */
const WEAK_PART = 1 / 3;

/** Ink of the faintest line; one of twice the contrast asked for has all. */
const FAINTEST_INK = 0.4;

/**
 * A drawing of the picture with an even pen, white on black: one stroke for a dark line and for the border between
 * two tones, at its darker side. Nothing is drawn on flat tones and soft gradients.
 * @throws EngineError setting_invalid where an option is not above 0.
 * @source the lines are those of `flowDog`; non-maximum suppression makes strokes of them
 */
export function lineArt(source: Picture, options: LineArtOptions = {}): Picture {
  const { contrast = 24, widthPx = 1.5, leastLengthPx = 12 } = options;
  assertPositive("line-art", { contrast, widthPx, leastLengthPx });
  const weak = contrast * WEAK_PART;
  const field = edgeField(smoothTensor(structureTensor(source, 1), 2));
  // A step that could become a weak line has a tenth of its levels in one pixel of the smoothed field.
  const strength = flowDog(source, field, { acrossPx: 1.2, alongPx: 3, leastGradient: weak / 10 });
  const lines = traceLines(strength, field, { weak, strong: contrast, leastLengthPx });
  const pressure = (levels: number) =>
    Math.min(1, FAINTEST_INK + (1 - FAINTEST_INK) * (levels / (2 * contrast)));
  const drawn = drawLines(lines, source.width, source.height, inkPen(widthPx), pressure);
  return greyPicture(source.width, source.height, drawn);
}
