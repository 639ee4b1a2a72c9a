import type { Aspect } from "./drawing.input";
import { nearestSide } from "./drawing-settings";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Width by height. */
const RATIO: Readonly<Record<Aspect, number>> = { square: 1, portrait: 3 / 4, landscape: 4 / 3 };

/** Models were shown little that is longer: beyond it they draw things twice. */
const MOST_RATIO = 2;

/** @param side pixels that a model draws best. @returns as many pixels in another shape, each side a multiple of 8. */
export const drawingSize = (aspect: Aspect, side: number): Size => shaped(RATIO[aspect], side);

/** The same in the shape of a picture that is begun with, from 1:2 to 2:1: of longer ones the ends are cut off. */
export const sizeLike = ({ width, height }: Size, side: number): Size =>
  shaped(Math.min(MOST_RATIO, Math.max(1 / MOST_RATIO, width / height)), side);

function shaped(ratio: number, side: number): Size {
  const root = Math.sqrt(ratio);
  return { width: nearestSide(side * root), height: nearestSide(side / root) };
}
