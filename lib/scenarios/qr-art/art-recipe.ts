import type { Easel } from "@/lib/drawing/open-easel";
import { AppError } from "@/lib/errors";
import { findModel, listModels } from "@/lib/inference/model-files";

/** A ControlNet that is shown the modules. */
export interface ArtControl {
  /** Absolute path. */
  readonly model: string;
  /** How strongly it is followed. */
  readonly weight: number;
  /** Part of the second pass's steps in which it is. */
  readonly from: number;
  readonly to: number;
}

/** How a code is drawn into a picture. */
export interface ArtRecipe {
  /** Pixels a side of the drawing. */
  readonly side: number;
  /** Of the second pass: how much of the first one is forgotten. */
  readonly strength: number;
  /** What leads the second pass to the code. */
  readonly controls: readonly ArtControl[];
}

/** A drawing may be so many times as wide as the model draws best: beyond, everything appears twice. */
const MOST_STRETCH = 1.75;
/** Stable Diffusion's codes: QR Monster was taught with modules of 16 pixels; of several versions the newest. */
const MONSTER = { pattern: /qr.?(code|monster)|monster.?qr/i, modulePx: 16 } as const;

/**
 * Where it is installed, too: it knows light and dark and nothing of codes. So faintly, and once the picture has begun, both
 * together are read as one and a half times QR Monster is, and the composition stays.
 */
const BRIGHTNESS = { pattern: /brightness/i, weight: 0.15, from: 0.1, to: 1 } as const;

const between = (least: number, most: number, part: number): number => least + (most - least) * part;

/**
 * @param size  modules a side. @param blend 0 … 1, how much of the code is to be seen.
 * @throws AppError weights_missing where no ControlNet for codes goes with the model.
 */
export async function artRecipe(easel: Easel, size: number, blend: number): Promise<ArtRecipe> {
  const { control, modulePx, beside } = await codeControl(easel);
  const wanted = Math.ceil((size * modulePx) / 8) * 8;
  const most = Math.floor((easel.side * MOST_STRETCH) / 8) * 8;
  return {
    side: Math.min(most, Math.max(easel.side, wanted)),
    strength: between(0.35, 0.65, blend),
    controls: [{ model: control, weight: between(0.6, 1.4, blend), from: 0, to: 1 }, ...beside],
  };
}

interface CodeControl {
  /** Absolute path of the one that was taught codes. */
  readonly control: string;
  readonly modulePx: number;
  readonly beside: readonly ArtControl[];
}

async function codeControl({ companions: { qr } }: Easel): Promise<CodeControl> {
  if (qr) return { control: await findModel(qr.control, "controlnet"), modulePx: qr.modulePx, beside: [] };
  const installed = (await listModels("controlnet")).filter(({ name }) => !name.startsWith("seedling"));
  const found = installed.findLast(({ name }) => MONSTER.pattern.test(name));
  if (!found) throw new AppError("weights_missing", { details: { file: "ControlNet QR Monster" } });
  const brightness = installed.find(({ name }) => BRIGHTNESS.pattern.test(name));
  const { weight, from, to } = BRIGHTNESS;
  const beside = brightness ? [{ model: brightness.path, weight, from, to }] : [];
  return { control: found.path, modulePx: MONSTER.modulePx, beside };
}
