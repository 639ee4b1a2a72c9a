import {
  jsqrThresholds,
  zbarThresholds,
  zxingHistogramThreshold,
  zxingLocalThresholds,
} from "../jury/binarizers";
import type { CellName } from "../jury/judge";
import { sceneOf } from "../jury/scenes";
import type { Gray } from "../raster";

/** What one reader would make of the canvas in one scene: a cell of the jury, foreseen. */
export interface View extends CellName {
  /** The reader's grid may be off by this many of its own pixels. */
  readonly slipPx: number;
  /** Grey levels by which a sample must be on its side of the threshold. */
  readonly margin: number;
}

/** Darkest and lightest sample within the slip around a canvas position, and the threshold there. */
export type Sampler = (x: number, y: number) => { min: number; max: number; threshold: number };

/**
 * The canvas as a view's reader binarizes it.
 * @param shown pictures of scenes already made of this canvas, by scene; added to.
 * @returns null where the reader sees no contrast at all.
 */
export function see(canvas: Gray, view: View, shown: Map<string, Gray>): Sampler | null {
  const scene = sceneOf(view.scene);
  const image = shown.get(scene.name) ?? scene.apply(canvas);
  shown.set(scene.name, image);
  const threshold = thresholdsOf(image, view);
  if (!threshold) return null;
  const { data, width, height } = image;
  const { slipPx } = view;
  const place = scene.place(canvas);
  return (cx, cy) => {
    const [px, py] = place(cx, cy);
    const x = Math.min(Math.floor(px), width - 1 - slipPx);
    const y = Math.min(Math.floor(py), height - 1 - slipPx);
    let min = 255;
    let max = 0;
    for (let dy = -slipPx; dy <= slipPx; dy++)
      for (let dx = -slipPx; dx <= slipPx; dx++) {
        const value = data[(y + dy) * width + x + dx]!;
        if (value < min) min = value;
        if (value > max) max = value;
      }
    return { min, max, threshold: threshold(x, y) };
  };
}

function thresholdsOf(image: Gray, { decoder }: View): ((x: number, y: number) => number) | null {
  if (decoder === "zxing-histogram") {
    const threshold = zxingHistogramThreshold(image);
    return threshold === null ? null : () => threshold;
  }
  const emulate = { "zxing-local": zxingLocalThresholds, jsqr: jsqrThresholds, zbar: zbarThresholds }[
    decoder
  ];
  const map = emulate(image);
  return map && ((x, y) => map.at(x, y));
}
