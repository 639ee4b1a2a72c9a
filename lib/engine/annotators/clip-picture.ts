import type { Picture } from "../picture";
import { resampleAntialiased } from "./resample-antialiased";

/** What CLIP's processor makes of a picture before its colours are normalised. */
export interface ClipFraming {
  /** Pixels that the shorter side is brought to. */
  readonly shortestEdge: number;
  /** Pixels of the square that is cut out of the middle. */
  readonly crop: number;
}

/**
 * The middle of a picture as CLIP sees it.
 * @source transformers models/clip/image_processing_clip.py CLIPImageProcessor, of torchvision
 * @golden tests/golden/vision-processors, max |Δ| ≤ 1 of 255
 */
export function clipPicture(source: Picture, { shortestEdge, crop }: ClipFraming): Picture {
  const shorter = Math.min(source.width, source.height);
  const side = (length: number) => Math.max(crop, Math.floor((shortestEdge * length) / shorter));
  const [width, height] = [side(source.width), side(source.height)];
  const [left, top] = [Math.floor((width - crop) / 2), Math.floor((height - crop) / 2)];
  return resampleAntialiased(source, width, height, { cut: { left, top, width: crop, height: crop } });
}
