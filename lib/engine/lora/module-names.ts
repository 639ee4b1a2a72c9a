import { countModules } from "../layouts/select-weights";
import { type UNetLayout, unetKeyMap } from "../layouts/unet-keys";
import type { Weights } from "../safetensors/stored-tensor";

/** The networks of a checkpoint that a LoRA changes. */
export type LoraPart = "unet" | "textEncoder" | "textEncoder2";
export const LORA_PARTS: readonly LoraPart[] = ["unet", "textEncoder", "textEncoder2"];

/** The weights that there are to change, under diffusers' and transformers' names; a checkpoint's parts. */
export type LoraTargets = { readonly [part in LoraPart]?: Weights | null };

/** A module of a network: its weight is `${path}.weight`. */
export interface TargetModule {
  readonly part: LoraPart;
  readonly path: string;
}

/**
 * Every name by which LoRA files call the modules of a model. Names are made from the modules, never the other way
 * round: once dots have become underscores, nobody can tell which of them were dots.
 * @source https://github.com/kohya-ss/sd-scripts/blob/main/networks/lora.py (create_modules)
 * @source diffusers loaders/lora_conversion_utils.py, for names of its own past
 */
export function moduleNames(targets: LoraTargets): ReadonlyMap<string, TargetModule> {
  const names = new Map<string, TargetModule>();
  for (const part of LORA_PARTS) {
    const weights = targets[part];
    if (!weights) continue;
    const namesOf = part === "unet" ? unetNames(weights) : textNames(part);
    for (const key of weights.keys()) {
      if (!key.endsWith(".weight")) continue;
      const path = key.slice(0, -".weight".length);
      for (const name of namesOf(path)) if (!names.has(name)) names.set(name, { part, path });
    }
  }
  return names;
}

const underscored = (path: string): string => path.replaceAll(".", "_");

function unetNames(weights: Weights): (path: string) => string[] {
  const { toLdm } = unetKeyMap(layoutOf(weights));
  return (path) => {
    const ldm = toLdm(path);
    const own = [path, ...attentionProcessor(path)];
    return [
      `lora_unet_${underscored(path)}`,
      `lycoris_${underscored(path)}`,
      ...(ldm === null ? [] : [`lora_unet_${underscored(ldm)}`, `diffusion_model.${ldm}`]),
      ...["unet.", "base_model.model.", ""].flatMap((prefix) => own.map((name) => prefix + name)),
    ];
  };
}

/** Before it knew PEFT, diffusers kept LoRAs in attention processors: `attn1.to_out.0` → `attn1.processor.to_out_lora`. */
function attentionProcessor(path: string): string[] {
  const match = /^(.*\.attn[12])\.(to_[qkv]|to_out)(?:\.0)?$/.exec(path);
  return match ? [`${match[1]}.processor.${match[2]}_lora`] : [];
}

const TEXT_PREFIXES = {
  textEncoder: { kohya: ["lora_te_", "lora_te1_"], dotted: ["text_encoder.", "base_model.model."] },
  textEncoder2: { kohya: ["lora_te2_"], dotted: ["text_encoder_2."] },
} as const;

function textNames(part: "textEncoder" | "textEncoder2"): (path: string) => string[] {
  const { kohya, dotted } = TEXT_PREFIXES[part];
  return (path) => [
    ...kohya.map((prefix) => prefix + underscored(path)),
    ...dotted.flatMap((prefix) => [path, ...textAttention(path)].map((name) => prefix + name)),
  ];
}

/** In diffusers' first form: `self_attn.q_proj` → `self_attn.to_q_lora`. */
function textAttention(path: string): string[] {
  const match = /^(.*\.self_attn)\.(q|k|v|out)_proj$/.exec(path);
  return match ? [`${match[1]}.to_${match[2]}_lora`] : [];
}

function layoutOf(weights: Weights): UNetLayout {
  const blocks = Array.from({ length: countModules(weights, "down_blocks.") }, (_, i) => `down_blocks.${i}`);
  const labels = (["add_embedding", "class_embedding"] as const).find((name) =>
    weights.has(`${name}.linear_1.weight`),
  );
  return {
    layersPerBlock: countModules(weights, "down_blocks.0.resnets."),
    attention: blocks.map((path) => countModules(weights, `${path}.attentions.`) > 0),
    ...(labels && { labels }),
  };
}
