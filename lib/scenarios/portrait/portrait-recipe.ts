/** What the two sliders come to. */
export interface PortraitRecipe {
  /** How much of the photo is forgotten, 0 … 1. */
  readonly denoise: number;
  /** How strongly what is held of it is followed. */
  readonly holdWeight: number;
  /** How strongly its colours are, while the face is drawn once more as well. */
  readonly colourWeight: number;
  /** How much of the style's colours its own take on beforehand, 0 … 1. */
  readonly look: number;
  /** How dark its lines are inked over the drawing, 0 … 1. */
  readonly ink: number;
}

/** A model that draws smaller than this loses a face's features in its latents: they are inked over. */
export const SMALL_SIDE_PX = 256;

const between = (least: number, most: number, part: number): number => least + (most - least) * part;

/**
 * More strength forgets more of the photo; more likeness forgets less and holds more of it.
 * @param side pixels that the model draws best. Small ones know flat drawings alone: of a photo forgotten by more than half
 * they make something else.
 */
export function portraitRecipe(side: number, strength: number, likeness: number): PortraitRecipe {
  const isSmall = side < SMALL_SIDE_PX;
  const [least, most] = isSmall ? [0.2, 0.5] : [0.3, 0.8];
  return {
    denoise: between(least, most, strength) * between(1.15, 0.85, likeness),
    holdWeight: isSmall ? between(0, 0.5, likeness) : between(0.2, 1.1, likeness),
    colourWeight: isSmall ? 0 : between(0, 0.5, likeness),
    look: between(0.55, 1, strength),
    ink: isSmall ? between(0, 0.9, likeness) : 0,
  };
}
