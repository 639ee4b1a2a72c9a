import {
  jsqrThresholds,
  zbarThresholds,
  zxingHistogramThreshold,
  zxingLocalThresholds,
} from "../jury/binarizers";
import type { CellName } from "../jury/judge";
import { SCENES } from "../jury/scenes";
import type { Gray } from "../raster";

/** What one reader would make of the canvas in one scene: a cell of the jury, foreseen. */
export interface View extends CellName {
  /** The reader's grid may be off by this many of its own pixels. */
  readonly slipPx: number;
  /** Grey levels by which a sample must be on its side of the threshold. */
  readonly margin: number;
}

/** How a scene shows a mark; scenes that turn or tilt the code are not foreseen, only judged. */
interface Optic {
  readonly shrink: number;
  readonly blurPx: number;
  /** Grey levels in the scene for one on the canvas. */
  readonly gain: number;
}

const OPTICS: Readonly<Record<string, Optic>> = {
  original: { shrink: 1, blurPx: 0, gain: 1 },
  "scale-50": { shrink: 2, blurPx: 0, gain: 1 },
  "scale-25": { shrink: 4, blurPx: 0, gain: 1 },
  "blur-1": { shrink: 1, blurPx: 1, gain: 1 },
  "blur-2": { shrink: 1, blurPx: 2, gain: 1 },
  "jpeg-70": { shrink: 1, blurPx: 0, gain: 1 },
  brighter: { shrink: 1, blurPx: 0, gain: 1 },
  darker: { shrink: 1, blurPx: 0, gain: 1 },
  "contrast-60": { shrink: 1, blurPx: 0, gain: 0.6 },
  shadow: { shrink: 1, blurPx: 0, gain: 0.7 },
  "dot-gain": { shrink: 1, blurPx: 0, gain: 1 },
  noise: { shrink: 1, blurPx: 1, gain: 1 },
};

/** The optic of a scene that can be foreseen, undefined for those that move the code about. */
export const opticOf = (scene: string): Optic | undefined => OPTICS[scene];

/** Darkest and lightest sample within the slip around a canvas position, and the threshold there. */
export type Sampler = (x: number, y: number) => { min: number; max: number; threshold: number };

/**
 * The canvas as a view's reader binarizes it.
 * @param shown pictures of scenes already made of this canvas, by scene; added to.
 * @returns null where the reader sees no contrast at all.
 */
export function see(canvas: Gray, view: View, shown: Map<string, Gray>): Sampler | null {
  const scene = SCENES.find(({ name }) => name === view.scene)!;
  const { shrink } = OPTICS[view.scene]!;
  const image = shown.get(scene.name) ?? scene.apply(canvas);
  shown.set(scene.name, image);
  const threshold = thresholdsOf(image, view);
  if (!threshold) return null;
  const { data, width, height } = image;
  const { slipPx } = view;
  return (cx, cy) => {
    const x = Math.min(Math.floor(cx / shrink), width - 1);
    const y = Math.min(Math.floor(cy / shrink), height - 1);
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
