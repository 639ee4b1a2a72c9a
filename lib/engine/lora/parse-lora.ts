import type { SafetensorsFile } from "../safetensors/open-safetensors";
import { readAdapterMetadata } from "./adapter-metadata";
import { checkDelta } from "./check-delta";
import { collectModules } from "./collect-modules";
import { type LoraDelta, tensorsOf } from "./lora-delta";
import { fitsNothing, loraDamaged } from "./lora-errors";
import { type LoraPart, type LoraTargets, moduleNames } from "./module-names";
import { readDeltas } from "./read-delta";

/** What a LoRA changes in one model; nothing but names, shapes and alphas has been read. */
export interface Lora {
  /** Absolute. */
  readonly file: string;
  /** By the key of the weight that is changed. */
  readonly patches: Readonly<Record<LoraPart, ReadonlyMap<string, LoraDelta>>>;
  /** Keys of the file that mean nothing in this model. */
  readonly unmatched: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads a LoRA of any naming (kohya's with diffusers' or LDM's paths, PEFT's, diffusers' old and new) and any kind
 * (linear, convolution, Tucker, LoHa, LoKr, DoRA, whole differences) as changes of the model's weights.
 * @throws EngineError lora_fits_nothing, saying what it seems made for · lora_damaged · weights_shape_mismatch naming
 *   layer, expected and got · weights_unknown for other adapters.
 */
export async function parseLora(file: SafetensorsFile, targets: LoraTargets): Promise<Lora> {
  const names = moduleNames(targets);
  const { modules, unknown } = collectModules(file);
  const scalingOf = readAdapterMetadata(file.metadata);
  const patches: Record<LoraPart, Map<string, LoraDelta>> = {
    unet: new Map(),
    textEncoder: new Map(),
    textEncoder2: new Map(),
  };
  const unmatched = [...unknown];
  for (const [module, roles] of modules) {
    const target = names.get(module);
    if (!target) {
      unmatched.push(...Object.values(roles).map(({ key }) => key));
      continue;
    }
    const weights = targets[target.part]!;
    const part = patches[target.part];
    const deltas = await readDeltas(file.path, module, roles, scalingOf(target));
    for (const [parameter, delta] of deltas) {
      const key = `${target.path}.${parameter}`;
      const stored = weights.get(key);
      if (part.has(key)) throw loraDamaged(file.path, module, `${key} is changed twice`);
      if (stored) part.set(key, checkDelta(file, delta, key, stored.shape));
      else unmatched.push(...tensorsOf(delta).map(({ key }) => key));
    }
  }
  if (Object.values(patches).every((part) => part.size === 0)) throw fitsNothing(file, unmatched);
  return { file: file.path, patches, unmatched, metadata: file.metadata };
}
