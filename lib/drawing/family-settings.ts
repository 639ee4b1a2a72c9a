import type { ModelFamily } from "../inference/read-model-facts";

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

/** Whether a setting changes what models of a family draw; true where the family is not known. */
export const familyUses = (family: ModelFamily | null, setting: FamilySetting): boolean =>
  family === null || !UNUSED[family]?.includes(setting);

/** Whether what should not be seen is asked at all: at a guidance of 1 it never is. @param guidance null: the model's own. */
export const usesNegativePrompt = (family: ModelFamily | null, guidance: number | null): boolean =>
  familyUses(family, "negativePrompt") && guidance !== 1;
