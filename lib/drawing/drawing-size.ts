import type { Aspect } from "./drawing.input";
import { nearestSide } from "./drawing-settings";

/** Width by height. */
const RATIO: Readonly<Record<Aspect, number>> = { square: 1, portrait: 3 / 4, landscape: 4 / 3 };

/** @param side pixels that a model draws best. @returns as many pixels in another shape, each side a multiple of 8. */
export function drawingSize(aspect: Aspect, side: number): { width: number; height: number } {
  const ratio = Math.sqrt(RATIO[aspect]);
  return { width: nearestSide(side * ratio), height: nearestSide(side / ratio) };
}
