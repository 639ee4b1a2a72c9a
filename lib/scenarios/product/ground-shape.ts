import { nearestSide } from "@/lib/drawing/drawing-settings";
import { GROUND, type Size } from "./place-thing";

/**
 * Width by height of the one ground from which all sizes of a set are cut: between the widest and the tallest, so that
 * neither loses more than the other; a single size's own.
 */
export function groundRatio(sizes: readonly Size[]): number {
  const ratios = sizes.map(({ width, height }) => width / height);
  return Math.sqrt(Math.min(...ratios) * Math.max(...ratios));
}

/**
 * The largest part of a ground in a size's shape: from its middle, with the line on which things stand where it is in every
 * size. In pixels, wholly inside.
 */
export function partOf(ground: Size, size: Size) {
  const ratio = size.width / size.height;
  const width = Math.min(ground.width, Math.max(1, Math.round(ground.height * ratio)));
  const height = Math.min(ground.height, Math.max(1, Math.round(ground.width / ratio)));
  return {
    left: Math.round((ground.width - width) / 2),
    top: Math.round((ground.height - height) * GROUND),
    ...{ width, height },
  };
}

/** As many pixels as a model draws best, in another shape; each side a multiple of 8. @param ratio width by height. */
export function drawnSize(side: number, ratio: number): Size {
  return { width: nearestSide(side * Math.sqrt(ratio)), height: nearestSide(side / Math.sqrt(ratio)) };
}
