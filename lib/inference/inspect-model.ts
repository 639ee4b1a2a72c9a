import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Checkpoint, Family } from "../engine/layouts/checkpoint";
import { type Inspection, inspect } from "../engine/layouts/inspect";
import { openDiffusersFolder } from "../engine/layouts/open-diffusers-folder";
import { describeLora, type LoraDescription } from "../engine/lora/describe-lora";
import { openSafetensors } from "../engine/safetensors/open-safetensors";
import type { Weights } from "../engine/safetensors/stored-tensor";
import { sizeOf } from "../engine/tensor";

/** What a model is, from its headers alone. */
export type ModelInspection =
  | ({ readonly layout: "file"; readonly lora?: LoraDescription } & Inspection)
  | FolderInspection;

export interface FolderInspection {
  readonly layout: "diffusers";
  readonly kind: "checkpoint";
  readonly family: Family;
  /** Absolute. */
  readonly folder: string;
  readonly parts: readonly PartInspection[];
  readonly prediction: string;
}

export interface PartInspection {
  readonly part: string;
  readonly parameters: number;
  readonly dtypes: readonly string[];
}

/** @throws EngineError weights_missing · weights_pickle · weights_damaged · weights_unknown · lora_damaged */
export async function inspectModel(file: string): Promise<ModelInspection> {
  const absolute = path.resolve(/* turbopackIgnore: true */ file);
  const isFolder = await stat(absolute).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder && !(await isTransformersFolder(absolute))) return inspectFolder(absolute);
  const weights = isFolder ? path.join(absolute, TRANSFORMERS_WEIGHTS) : absolute;
  const inspection = await inspect(weights);
  if (inspection.kind !== "lora") return { layout: "file", ...inspection };
  return { layout: "file", ...inspection, lora: await describeLora(await openSafetensors(weights)) };
}

const TRANSFORMERS_WEIGHTS = "model.safetensors";

/** One network and its config.json, as transformers keeps it. */
async function isTransformersFolder(folder: string): Promise<boolean> {
  const names = await readdir(folder);
  return !names.includes("model_index.json") && names.includes(TRANSFORMERS_WEIGHTS);
}

async function inspectFolder(folder: string): Promise<FolderInspection> {
  const checkpoint = await openDiffusersFolder(folder);
  return {
    ...{ layout: "diffusers", kind: "checkpoint", family: checkpoint.family, folder },
    parts: partsOf(checkpoint),
    prediction: String(checkpoint.scheduler.prediction_type ?? "epsilon"),
  };
}

function partsOf({ unet, vae, textEncoder, textEncoder2 }: Checkpoint): PartInspection[] {
  const parts = { unet, vae, text_encoder: textEncoder, text_encoder_2: textEncoder2 };
  return Object.entries(parts).flatMap(([part, model]) => (model ? [partOf(part, model.weights)] : []));
}

function partOf(part: string, weights: Weights): PartInspection {
  const tensors = [...weights.values()];
  return {
    part,
    parameters: tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    dtypes: [...new Set(tensors.map(({ dtype }) => dtype))],
  };
}
