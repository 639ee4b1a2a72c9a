import { type Picture, picture } from "../picture";
import { resampleAntialiased } from "./resample";

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
  const { width, height } = source;
  const shorter = Math.min(width, height);
  const side = (length: number) => Math.max(crop, Math.floor((shortestEdge * length) / shorter));
  return cropCentre(resampleAntialiased(source, side(width), side(height)), crop);
}

function cropCentre({ width, height, data }: Picture, side: number): Picture {
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  const out = picture(side, side);
  for (let y = 0; y < side; y++) {
    const from = ((top + y) * width + left) * 3;
    out.data.set(data.subarray(from, from + side * 3), y * side * 3);
  }
  return out;
}
