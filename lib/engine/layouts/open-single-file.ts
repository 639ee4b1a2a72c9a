import { EngineError } from "../engine-error";
import type { SafetensorsFile } from "../safetensors/open-safetensors";
import type { StoredTensor, Weights } from "../safetensors/stored-tensor";
import { BUILT_FAMILIES, type Checkpoint, type Family, type ModelPart, type VaePart } from "./checkpoint";
import { inferTextConfig, modernClipWeights } from "./clip-config";
import { openClipTextKeyMap, splitFused } from "./open-clip-keys";
import { type Recognition, recognise } from "./recognise";
import { inferSchedulerConfig, type PredictionType } from "./scheduler-config";
import { below, countModules, renameToDiffusers } from "./select-weights";
import { inferUNetConfig, readUNetLayout } from "./unet-config";
import { unetKeyMap } from "./unet-keys";
import {
  inferTinyVaeConfig,
  inferVaeConfig,
  modernVaeWeights,
  readVaeLayout,
  renameTinyVae,
} from "./vae-config";
import { vaeKeyMap } from "./vae-keys";

/**
 * A checkpoint in one .safetensors file, as A1111 and ComfyUI keep them, or a lone UNet.
 * @param prediction  what the UNet predicts, where the caller knows better than the file tells.
 * @throws EngineError weights_unknown for anything else, by its name; weights_key_missing.
 */
export async function openSingleFile(
  file: SafetensorsFile,
  prediction?: PredictionType,
): Promise<Checkpoint> {
  const seen = recognise(file);
  const { family } = seen;
  if (
    (seen.kind !== "checkpoint" && seen.kind !== "unet") ||
    family === null ||
    !BUILT_FAMILIES.has(family)
  ) {
    const what = family && !BUILT_FAMILIES.has(family) ? `${seen.kind} of ${family}` : seen.kind;
    throw new EngineError("weights_unknown", `${file.path} is a ${what}, not a Stable Diffusion checkpoint`, {
      file: file.path,
      seen: what,
    });
  }
  return {
    family,
    source: file.path,
    unet: unetOf(file.tensors, seen),
    vae: file.tensors.has("first_stage_model.decoder.conv_in.weight")
      ? ldmVae(file.tensors, "first_stage_model.", family)
      : null,
    ...textEncodersOf(file.tensors, family),
    tokenizerFiles: null,
    tokenizerFiles2: null,
    emptyNegative: family === "sdxl" ? "zeros" : "encoded",
    scheduler: await inferSchedulerConfig(file, family, prediction),
  };
}

function unetOf(tensors: Weights, { naming, prefix }: Recognition): ModelPart {
  const own = below(tensors, prefix);
  const weights = naming === "ldm" ? renameToDiffusers(own, unetKeyMap(readUNetLayout(own))) : own;
  return { config: inferUNetConfig(weights), weights };
}

/** What an autoencoder's latents are multiplied by. @source the model cards' config.json */
const scalingOf = (family: Family | null): number => (family === "sdxl" ? 0.13025 : 0.18215);

function ldmVae(tensors: Weights, prefix: string, family: Family | null): VaePart {
  const own = below(tensors, prefix);
  const weights = modernVaeWeights(renameToDiffusers(own, vaeKeyMap(readVaeLayout(own))));
  return { kind: "kl", config: inferVaeConfig(weights, scalingOf(family)), weights };
}

/**
 * The autoencoder in a file: its own, or that of a whole checkpoint.
 * @param family  of the models it is for, where the file itself leaves no trace of it.
 * @throws EngineError weights_unknown where there is none in it.
 */
export function vaeOfSingleFile(file: SafetensorsFile, family: Family | null = null): VaePart {
  const seen = recognise(file);
  const { tensors } = file;
  if (seen.kind === "taesd") {
    const weights = seen.naming === "taesd" ? renameTinyVae(tensors) : tensors;
    return { kind: "tiny", config: inferTinyVaeConfig(weights), weights };
  }
  if (seen.kind === "vae" && seen.naming === "diffusers") {
    const weights = modernVaeWeights(tensors);
    return { kind: "kl", config: inferVaeConfig(weights, scalingOf(family)), weights };
  }
  if (seen.kind === "vae") return ldmVae(tensors, seen.prefix, family);
  if (tensors.has("first_stage_model.decoder.conv_in.weight"))
    return ldmVae(tensors, "first_stage_model.", seen.family);
  throw new EngineError("weights_unknown", `${file.path} is a ${seen.kind}, without an autoencoder`, {
    file: file.path,
    seen: seen.kind,
  });
}

type TextEncoders = Pick<Checkpoint, "textEncoder" | "textEncoder2">;

function textEncodersOf(tensors: Weights, family: Family): TextEncoders {
  const has = (name: string) => tensors.has(name);
  if (family === "sdxl")
    return {
      textEncoder: clipText(below(tensors, "conditioner.embedders.0.transformer.")),
      textEncoder2: has("conditioner.embedders.1.model.token_embedding.weight")
        ? openClipText(below(tensors, "conditioner.embedders.1.model."))
        : null,
    };
  if (has("cond_stage_model.model.token_embedding.weight"))
    return {
      textEncoder: openClipText(withoutLastLayer(below(tensors, "cond_stage_model.model."))),
      textEncoder2: null,
    };
  return { textEncoder: clipText(below(tensors, "cond_stage_model.transformer.")), textEncoder2: null };
}

/** CLIP ViT-L's text tower, which LDM keeps under transformers' own names. */
function clipText(own: Weights): ModelPart | null {
  const weights = modernClipWeights(own);
  if (weights.size === 0) return null;
  return { config: inferTextConfig(weights, "quick_gelu"), weights };
}

function openClipText(own: Weights): ModelPart {
  const layers = countModules(own, "transformer.resblocks.");
  const weights = renameToDiffusers(splitFused(own), openClipTextKeyMap(layers));
  return { config: inferTextConfig(weights, "gelu"), weights };
}

/** OpenCLIP ViT-H has this many layers before its last. */
const SD2_TEXT_LAYERS = 23;

/** Stable Diffusion 2 reads the text before OpenCLIP's last layer; without that layer and what follows, as the reference. */
function withoutLastLayer(own: Weights): Weights {
  const kept = new Map<string, StoredTensor>();
  for (const [key, stored] of own)
    if (key !== "text_projection" && !key.startsWith(`transformer.resblocks.${SD2_TEXT_LAYERS}.`))
      kept.set(key, stored);
  return kept;
}
