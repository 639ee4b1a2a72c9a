import type { Easel } from "@/lib/drawing/open-easel";
import { AppError } from "@/lib/errors";
import { findModel, listModels } from "@/lib/inference/model-files";

/** How a code is drawn into a picture. */
export interface ArtRecipe {
  /** Absolute path of the ControlNet that is shown the modules. */
  readonly control: string;
  /** Pixels a side of the drawing. */
  readonly side: number;
  /** Of the second pass: how much of the first one is forgotten, and how strongly the modules are followed. */
  readonly strength: number;
  readonly weight: number;
  /** Part of the second pass's steps in which they are. */
  readonly from: number;
  readonly to: number;
}

/** A drawing may be so many times as wide as the model draws best: beyond, everything appears twice. */
const MOST_STRETCH = 1.75;
/** Stable Diffusion's codes: QR Monster was taught with modules of 16 pixels. */
const MONSTER = { pattern: /qr.?(code|monster)|monster.?qr/i, modulePx: 16 } as const;

const between = (least: number, most: number, part: number): number => least + (most - least) * part;

/**
 * @param size  modules a side. @param blend 0 … 1, how much of the code is to be seen.
 * @throws AppError weights_missing where no ControlNet for codes goes with the model.
 */
export async function artRecipe(easel: Easel, size: number, blend: number): Promise<ArtRecipe> {
  const { control, modulePx } = await codeControl(easel);
  const wanted = Math.ceil((size * modulePx) / 8) * 8;
  const most = Math.floor((easel.side * MOST_STRETCH) / 8) * 8;
  return {
    control,
    side: Math.min(most, Math.max(easel.side, wanted)),
    strength: between(0.35, 0.65, blend),
    weight: between(0.6, 1.4, blend),
    from: 0,
    to: 1,
  };
}

async function codeControl({ companions: { qr } }: Easel): Promise<{ control: string; modulePx: number }> {
  if (qr) return { control: await findModel(qr.control, "controlnet"), modulePx: qr.modulePx };
  const installed = await listModels("controlnet");
  const found = installed.find(({ name }) => MONSTER.pattern.test(name) && !name.startsWith("seedling"));
  if (!found) throw new AppError("weights_missing", { details: { file: "ControlNet QR Monster" } });
  return { control: found.path, modulePx: MONSTER.modulePx };
}
