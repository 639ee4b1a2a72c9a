import type { Picture } from "../picture";
import { type Tensor, tensor } from "../tensor";

/** ImageNet's mean and deviation of each channel, of values in [0, 1]. */
export const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

/** How a network wants a picture's channels: (value / 255 − mean) / std. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** @returns float32 [1, 3, height, width]. */
export function normalizedPicture(
  { width, height, data }: Picture,
  { mean, std }: Normalization = IMAGENET,
): Tensor {
  const pixels = width * height;
  const planes = new Float32Array(3 * pixels);
  for (let c = 0; c < 3; c++)
    for (let i = 0; i < pixels; i++) planes[c * pixels + i] = (data[i * 3 + c]! / 255 - mean[c]!) / std[c]!;
  return tensor([1, 3, height, width], planes);
}
