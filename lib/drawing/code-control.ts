import { findModel, listModels, type ModelFile } from "../inference/model-files";
import { describeModel } from "../models/describe-model";
import type { Easel } from "./open-easel";

/** What draws codes into pictures with a model. */
export interface CodeControl {
  /** Absolute path of the ControlNet that was taught codes. */
  readonly control: string;
  /** Pixels a side of a module that it was taught with, or draws best. */
  readonly modulePx: number;
  /** How strongly it is followed, from least to most of the code. */
  readonly weights: Range;
  /** How much of the first pass is forgotten in the second, from least to most of the code. */
  readonly strengths: Range;
  /** What knows light and dark and goes along, where one is installed. */
  readonly brightness: string | null;
  /** Whether it was taught that grey leaves a place to the picture. */
  readonly knowsGrey: boolean;
}

type Range = readonly [least: number, most: number];

/** As QR Monster is used. */
const USUAL = { weights: [0.6, 1.4], strengths: [0.35, 0.65] } as const;

/** Stable Diffusion's codes: QR Monster was taught with modules of 16 pixels; of several versions the newest. */
const MONSTER = { pattern: /qr.?(code|monster)|monster.?qr/i, modulePx: 16 } as const;
const BRIGHTNESS = /brightness/i;

/**
 * The ControlNet for codes that goes with a model: its own, else one that is installed for its family. Null where there
 * is none: nets of another family would fail on their shapes after the first pass.
 */
export async function findCodeControl({
  model,
  companions: { qr },
}: Pick<Easel, "model" | "companions">): Promise<CodeControl | null> {
  if (qr) {
    const control = await findModel(qr.control, "controlnet").catch(() => null);
    return control === null ? null : { ...USUAL, ...qr, control, brightness: null, knowsGrey: false };
  }
  const family = (await describeModel("checkpoint", model))?.family ?? null;
  const newest = (await listModels("controlnet")).reverse();
  const installed = (pattern: RegExp) => firstOfFamily(newest, pattern, family);
  const found = await installed(MONSTER.pattern);
  if (!found) return null;
  const brightness = (await installed(BRIGHTNESS))?.path ?? null;
  return { ...USUAL, control: found.path, modulePx: MONSTER.modulePx, brightness, knowsGrey: true };
}

async function firstOfFamily(
  nets: readonly ModelFile[],
  pattern: RegExp,
  family: string | null,
): Promise<ModelFile | null> {
  for (const net of nets) {
    if (!pattern.test(net.name)) continue;
    const described = await describeModel("controlnet", net);
    if (described?.family === family) return net;
  }
  return null;
}
