import { EngineError } from "../engine-error";
import type { SafetensorsFile } from "../safetensors/open-safetensors";
import type { Weights } from "../safetensors/stored-tensor";
import type { Family } from "./checkpoint";
import { recogniseAnnotator } from "./recognise-annotator";
import { recogniseLora } from "./recognise-lora";
import { recogniseUpscaler } from "./recognise-upscaler";
import { below } from "./select-weights";

export type Kind =
  | "checkpoint"
  | "unet"
  | "vae"
  | "taesd"
  | "controlnet"
  | "lora"
  | "embedding"
  | "upscaler"
  | "clip"
  | "siglip"
  | "depth"
  | "pose";

/** What a single file is, by the names and shapes in it. */
export interface Recognition {
  readonly kind: Kind;
  /** Of Stable Diffusion; null where it does not apply or leaves no trace. */
  readonly family: Family | null;
  /** Whose names it uses: "ldm", "diffusers", "transformers", "open-clip", "kohya", "peft", … */
  readonly naming: string;
  /** What precedes every name: "first_stage_model." */
  readonly prefix: string;
  /** Numbers and words worth telling: rank, scale, parts. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** @returns null where a file is none of this kind. */
export type Recogniser = (weights: Weights) => Recognition | null;

/**
 * @throws EngineError weights_unknown, saying what was seen.
 */
export function recognise(file: SafetensorsFile): Recognition {
  for (const recogniser of RECOGNISERS) {
    const recognition = recogniser(file.tensors);
    if (recognition) return recognition;
  }
  const seen = [...file.tensors.keys()].slice(0, 3).join(", ") || "no tensors";
  throw new EngineError("weights_unknown", `${file.path} is no model known here; it holds ${seen}`, {
    file: file.path,
    seen,
  });
}

const of = (
  kind: Kind,
  family: Family | null,
  naming: string,
  prefix = "",
  facts: Recognition["facts"] = {},
): Recognition => ({ kind, family, naming, prefix, facts });

/** The first of `prefixes` under which there is a tensor of that name. */
const prefixOf = (weights: Weights, name: string, prefixes: readonly string[]): string | undefined =>
  prefixes.find((prefix) => weights.has(prefix + name));

/** Not built here, but common enough to be called by their names. */
const recogniseStrangers: Recogniser = (weights) => {
  const holds = (...names: string[]) =>
    names.some((name) => prefixOf(weights, name, ["model.diffusion_model.", ""]) !== undefined);
  if (holds("double_blocks.0.img_attn.norm.key_norm.scale")) return of("checkpoint", "flux", "flux");
  if (holds("joint_blocks.0.context_block.adaLN_modulation.1.bias")) return of("checkpoint", "sd3", "sd3");
  return null;
};

const recogniseUNet: Recogniser = (weights) => {
  const ldm = prefixOf(weights, "input_blocks.0.0.weight", ["model.diffusion_model.", ""]);
  if (ldm === undefined) {
    const diffusers = weights.has("conv_in.weight") && weights.has("time_embedding.linear_1.weight");
    return diffusers && weights.has("conv_out.weight")
      ? of("unet", unetFamily(weights), "diffusers", "", unetFacts(weights, "conv_in.weight"))
      : null;
  }
  if (weights.has(`${ldm}input_hint_block.0.weight`)) return null;
  const family = textFamily(weights) ?? unetFamily(below(weights, ldm));
  const facts = unetFacts(weights, `${ldm}input_blocks.0.0.weight`);
  const parts = ["unet"];
  if (weights.has("first_stage_model.decoder.conv_in.weight")) parts.push("vae");
  if (textFamily(weights)) parts.push("text encoder");
  if (textFamily(weights) === "sdxl") parts.push("text encoder 2");
  const kind = parts.length > 1 ? "checkpoint" : "unet";
  return of(kind, family, "ldm", ldm, { ...facts, parts: parts.join(", ") });
};

const recogniseControlNet: Recogniser = (weights) => {
  const ldm = prefixOf(weights, "input_hint_block.0.weight", ["control_model.", ""]);
  if (ldm !== undefined) return of("controlnet", unetFamily(below(weights, ldm)), "ldm", ldm);
  if (!weights.has("controlnet_cond_embedding.conv_in.weight")) return null;
  return of("controlnet", unetFamily(weights), "diffusers");
};

const recogniseVae: Recogniser = (weights) => {
  const ldm = prefixOf(weights, "decoder.mid.block_1.conv1.weight", ["first_stage_model.", "vae.", ""]);
  if (ldm !== undefined) return of("vae", null, "ldm", ldm);
  return weights.has("decoder.mid_block.resnets.0.conv1.weight") ? of("vae", null, "diffusers") : null;
};

const recogniseTinyVae: Recogniser = (weights) => {
  const diffusers = ["decoder.layers.2.conv.0.weight", "encoder.layers.1.conv.0.weight"];
  if (diffusers.some((name) => weights.has(name))) return of("taesd", null, "diffusers");
  const [decoder, encoder] = [
    ["decoder.", ""],
    ["encoder.", ""],
  ] as const;
  const found =
    prefixOf(weights, "3.conv.0.weight", decoder) ?? prefixOf(weights, "1.conv.0.weight", encoder);
  return found === undefined ? null : of("taesd", null, "taesd", found);
};

const recogniseClip: Recogniser = (weights) => {
  if (weights.has("logit_bias") || weights.has("vision_model.head.probe"))
    return of("siglip", null, "transformers", "", { parts: clipParts(weights) });
  const parts = clipParts(weights);
  if (parts) return of("clip", null, "transformers", "", { parts });
  const openClip = [
    weights.has("transformer.resblocks.0.ln_1.weight") && weights.has("token_embedding.weight") && "text",
    weights.has("visual.transformer.resblocks.0.ln_1.weight") && "vision",
  ].filter(Boolean);
  return openClip.length > 0 ? of("clip", null, "open-clip", "", { parts: openClip.join(", ") }) : null;
};

function clipParts(weights: Weights): string {
  const text = prefixOf(weights, "embeddings.token_embedding.weight", ["text_model.", ""]) !== undefined;
  const vision = prefixOf(weights, "embeddings.patch_embedding.weight", ["vision_model.", ""]) !== undefined;
  return [text && "text", vision && "vision"].filter(Boolean).join(", ");
}

/** A textual-inversion embedding: A1111's `emb_params`, SDXL's pair, or a lone matrix under its token's name. */
const recogniseEmbedding: Recogniser = (weights) => {
  const pair = weights.has("clip_l") && weights.has("clip_g");
  const [lone] = weights.size === 1 ? weights.values() : [];
  const stored = weights.get("emb_params") ?? weights.get("clip_g") ?? lone;
  if (!stored || stored.shape.length === 0 || stored.shape.length > 2) return null;
  const [width, vectors = 1] = stored.shape.toReversed();
  const family = pair ? "sdxl" : width === 768 ? "sd1" : width === 1024 ? "sd2" : null;
  return of("embedding", family, pair ? "sdxl" : "a1111", "", { vectors, width: width! });
};

const RECOGNISERS: readonly Recogniser[] = [
  recogniseLora,
  recogniseStrangers,
  recogniseControlNet,
  recogniseUNet,
  recogniseVae,
  recogniseTinyVae,
  recogniseClip,
  recogniseUpscaler,
  recogniseAnnotator,
  recogniseEmbedding,
];

/** By the text encoders a whole checkpoint carries. */
function textFamily(weights: Weights): Family | null {
  const has = (name: string) => weights.has(name);
  if (has("conditioner.embedders.1.model.token_embedding.weight")) return "sdxl";
  if (has("conditioner.embedders.0.model.token_embedding.weight")) return "sdxl-refiner";
  if (has("cond_stage_model.model.token_embedding.weight")) return "sd2";
  const clip = ["cond_stage_model.transformer.text_model.", "cond_stage_model.transformer."];
  return prefixOf(weights, "embeddings.token_embedding.weight", clip) === undefined ? null : "sd1";
}

const FAMILY_OF_WIDTH: Readonly<Record<number, Family>> = {
  768: "sd1",
  1024: "sd2",
  2048: "sdxl",
  1280: "sdxl-refiner",
};

/** By the width of the text that it attends to; else by its projections, which SD 2 made linear. */
export function unetFamily(weights: Weights): Family | null {
  let linear = false;
  let width: number | undefined;
  for (const [key, { shape }] of weights) {
    if (key.endsWith("attn2.to_k.weight")) width ??= shape[1];
    if (key.endsWith(".proj_in.weight")) linear = shape.length === 2;
  }
  if (width === undefined) return null;
  return FAMILY_OF_WIDTH[width] ?? (linear ? "sd2" : "sd1");
}

/** Nine channels in: made for inpainting (the mask and the masked picture beside the latent); eight: for editing. */
function unetFacts(weights: Weights, convIn: string): Recognition["facts"] {
  const inChannels = weights.get(convIn)?.shape[1] ?? 0;
  return inChannels === 9 ? { inChannels, task: "inpainting" } : { inChannels };
}
