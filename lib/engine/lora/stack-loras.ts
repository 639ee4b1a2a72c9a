import type { Patch } from "../nn/scope";
import { readBytes } from "../safetensors/read-tensor";
import type { StoredTensor } from "../safetensors/stored-tensor";
import { type LoraBytes, patchOf } from "./emit-delta";
import { type LoraDelta, tensorsOf } from "./lora-delta";
import { LORA_PARTS, type LoraPart } from "./module-names";
import type { Lora } from "./parse-lora";

/** A LoRA and how strong it is to be: 1 as it was trained, 0 not at all. */
export interface LoraUse {
  readonly lora: Lora;
  readonly unetWeight: number;
  readonly textEncoderWeight: number;
}

/** What to hand each network's `Parameters`. */
export type LoraPatches = Readonly<Record<LoraPart, ReadonlyMap<string, readonly Patch[]>>>;

/**
 * Several LoRAs as patches, applied in the order in which they are given. Reads the tensors that are needed; what has a
 * weight of 0 is not.
 * @throws EngineError weights_missing or weights_damaged where a file has changed since it was opened.
 */
export async function stackLoras(uses: readonly LoraUse[]): Promise<LoraPatches> {
  const patches = {} as Record<LoraPart, Map<string, Patch[]>>;
  for (const part of LORA_PARTS) {
    const stack = new Map<string, Patch[]>();
    for (const { lora, unetWeight, textEncoderWeight } of uses) {
      const weight = part === "unet" ? unetWeight : textEncoderWeight;
      if (weight === 0) continue;
      for (const [key, delta] of lora.patches[part])
        stack.set(key, [...(stack.get(key) ?? []), patchOf(delta, await readAll(delta), weight)]);
    }
    patches[part] = stack;
  }
  return patches;
}

async function readAll(delta: LoraDelta): Promise<LoraBytes> {
  const bytes = new Map<StoredTensor, Uint8Array>();
  for (const stored of tensorsOf(delta)) bytes.set(stored, await readBytes(stored));
  return bytes;
}
