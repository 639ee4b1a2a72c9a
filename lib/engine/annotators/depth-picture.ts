import type { Picture } from "../picture";
import type { Tensor } from "../tensor";
import { greyPicture } from "./luminance";
import { resampleNumbers } from "./resample";
import { roundHalfEven } from "./round-half-even";

export interface DepthSize {
  /** Pixels that one side is scaled to, the one that asks for less change. */
  readonly target: number;
  /** What both sides are multiples of. */
  readonly multiple: number;
}

/**
 * The size in which a network looks at a picture: its proportions as nearly as the multiples allow.
 * @source transformers models/dpt/image_processing_dpt.py get_resize_output_image_size, keep_aspect_ratio
 */
export function depthSize(
  { width, height }: Pick<Picture, "width" | "height">,
  { target, multiple }: DepthSize,
): { width: number; height: number } {
  const [across, down] = [target / width, target / height];
  const scale = Math.abs(1 - across) < Math.abs(1 - down) ? across : down;
  const sideOf = (side: number) => Math.max(1, roundHalfEven((scale * side) / multiple)) * multiple;
  return { width: sideOf(width), height: sideOf(height) };
}

export interface DepthPictureSize {
  readonly width: number;
  readonly height: number;
  /** Whether larger numbers are farther away. */
  readonly metric: boolean;
}

/**
 * The hint of a depth ControlNet: the nearest white, the farthest black; black where all is equally far.
 * @param depth float32 [1, 1, h, w], brought to width × height.
 */
export function depthPicture(depth: Tensor, { width, height, metric }: DepthPictureSize): Picture {
  const [, , rows = 0, columns = 0] = depth.shape;
  const raster = { width: columns, height: rows, channels: 1, data: depth.data };
  const values = resampleNumbers(raster, width, height);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const range = most - least || 1;
  const near = (value: number) => (metric && most > least ? most - value : value - least);
  const grey = Uint8ClampedArray.from(values, (value) => (255 * near(value)) / range);
  return greyPicture(width, height, grey);
}
