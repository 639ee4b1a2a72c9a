import { findCodeControl } from "@/lib/drawing/code-control";
import type { Easel } from "@/lib/drawing/open-easel";
import { AppError } from "@/lib/errors";

/** A ControlNet that is shown the modules. */
export interface ArtControl {
  /** Absolute path. */
  readonly model: string;
  /** How strongly it is followed. */
  readonly weight: number;
  /** Part of the second pass's steps in which it is. */
  readonly from: number;
  readonly to: number;
  /** Whether it is shown only what the first pass has wrong, besides the function patterns: grey leaves the rest alone. */
  readonly isSelective: boolean;
}

/** How a code is drawn into a picture. */
export interface ArtRecipe {
  /** Pixels a side of the drawing. */
  readonly side: number;
  /** Pixels a side of the symbol in its middle; what is drawn around it goes. */
  readonly codePx: number;
  /** Of the second pass: how much of the first one is forgotten. */
  readonly strength: number;
  /** What leads the second pass to the code. */
  readonly controls: readonly ArtControl[];
}

/** A drawing may be so many times as wide as the model draws best: beyond, everything appears twice. */
const MOST_STRETCH = 1.75;

/**
 * Of a ControlNet for brightness, where it is installed: it knows light and dark and nothing of codes. So faintly, and once
 * the picture has begun, both together are read as one and a half times QR Monster is, and the composition stays. Grey is a brightness to it like
 * any other.
 */
const BRIGHTNESS = { weight: 0.15, from: 0.1, to: 1, isSelective: false } as const;

const between = ([least, most]: readonly [number, number], part: number): number =>
  least + (most - least) * part;

/**
 * The symbol gets as many pixels a module as its ControlNet draws best. Where that is less than the model draws best,
 * the drawing goes on around it, uncontrolled.
 * @param size  modules a side. @param blend 0 … 1, how much of the code is to be seen.
 * @throws AppError weights_missing where no ControlNet for codes goes with the model.
 */
export async function artRecipe(easel: Easel, size: number, blend: number): Promise<ArtRecipe> {
  const found = await findCodeControl(easel);
  if (!found) throw new AppError("weights_missing", { details: { file: "ControlNet QR Monster" } });
  const { control, modulePx, weights, strengths, brightness, knowsGrey } = found;
  const wanted = Math.ceil((size * modulePx) / 8) * 8;
  const most = Math.floor((easel.side * MOST_STRETCH) / 8) * 8;
  const side = Math.min(most, Math.max(easel.side, wanted));
  return {
    ...{ side, codePx: knowsGrey ? Math.min(side, wanted) : side },
    strength: between(strengths, blend),
    controls: [
      { model: control, weight: between(weights, blend), from: 0, to: 1, isSelective: knowsGrey },
      ...(brightness === null ? [] : [{ model: brightness, ...BRIGHTNESS }]),
    ],
  };
}
