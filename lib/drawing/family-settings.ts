import type { ModelFamily } from "../inference/read-model-facts";
import { sizeLike } from "./drawing-size";
import type { DrawingSize } from "./drawing-size.input";

/** Settings that some models draw the same with, whatever they are. */
export type FamilySetting = "clipSkip" | "negativePrompt";

/**
 * The model that ships has its guidance distilled into it, and is never asked for what should not be seen; it was taught
 * to read the last layer alone. SDXL's encoders are read one layer before the last, as A1111 does: other numbers change nothing.
 */
const UNUSED: Readonly<Partial<Record<ModelFamily, readonly FamilySetting[]>>> = {
  seedling: ["clipSkip", "negativePrompt"],
  sdxl: ["clipSkip"],
  "sdxl-refiner": ["clipSkip"],
};

/** Pixels a side that models of a family draw best, as far as the family tells; a folder's own config.json goes before. */
const SIDE_PX: Readonly<Partial<Record<ModelFamily, number>>> = {
  seedling: 128,
  sd2: 768,
  sdxl: 1024,
  "sdxl-refiner": 1024,
};
const USUAL_SIDE_PX = 512;

export const sideOf = (family: ModelFamily | null): number =>
  (family === null ? undefined : SIDE_PX[family]) ?? USUAL_SIDE_PX;

/** As many pixels as that, in shapes that people draw in. */
export const sizesOf = (family: ModelFamily | null): DrawingSize[] => {
  const side = sideOf(family);
  return SHAPES.map((shape) => sizeLike(shape, side));
};

const SHAPES = [
  { width: 1, height: 1 },
  { width: 3, height: 4 },
  { width: 4, height: 3 },
  { width: 9, height: 16 },
  { width: 16, height: 9 },
] as const;

/** Many more pixels than it was taught with: there models draw things twice. */
const FAR = 2.3;

export const isFarFromTaught = ({ width, height }: DrawingSize, family: ModelFamily | null): boolean =>
  width * height > FAR * sideOf(family) ** 2;

/** Whether a setting changes what models of a family draw; true where the family is not known. */
export const familyUses = (family: ModelFamily | null, setting: FamilySetting): boolean =>
  family === null || !UNUSED[family]?.includes(setting);

/** Whether what should not be seen is asked at all: at a guidance of 1 it never is. @param guidance null: the model's own. */
export const usesNegativePrompt = (family: ModelFamily | null, guidance: number | null): boolean =>
  familyUses(family, "negativePrompt") && guidance !== 1;
