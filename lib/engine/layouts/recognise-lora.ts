import type { StoredTensor, Weights } from "../safetensors/stored-tensor";
import type { Family } from "./checkpoint";
import type { Recogniser } from "./recognise";

/** Tails of the names by which each algorithm is known, and which tensor's first or last axis is its rank. */
const DOWN = /\.(?:lora_down\.weight|lora\.down\.weight|lora_A(?:\.[^.]+)?\.weight|down\.weight)$/;
const LOHA = /\.hada_w1_b$/;
const LOKR = /\.lokr_w1(?:_b)?$/;
const DORA = /\.(?:dora_scale|lora_magnitude_vector(?:\.weight)?)$/;

/** A LoRA of any kind: which algorithm, rank and targets. Alpha lies in scalar tensors: see `inspect`. */
export const recogniseLora: Recogniser = (weights) => {
  const entries = [...weights];
  const algorithms = [
    entries.some(([key]) => /lora/.test(key) && DOWN.test(key)) && "LoRA",
    entries.some(([key]) => LOHA.test(key)) && "LoHa",
    entries.some(([key]) => LOKR.test(key)) && "LoKr",
    entries.some(([key]) => key.includes(".lora_mid.")) && "Tucker",
    entries.some(([key]) => DORA.test(key)) && "DoRA",
  ].filter((name) => name !== false);
  if (algorithms.length === 0) return null;
  const ranks = new Set(
    entries.filter(([key]) => DOWN.test(key) || LOHA.test(key)).map(([, { shape }]) => shape[0] ?? 0),
  );
  return {
    kind: "lora",
    family: loraFamily(entries),
    naming: loraNaming(weights),
    prefix: "",
    facts: {
      algorithm: algorithms.join(" + "),
      ...(ranks.size > 0 && { rank: [...ranks].sort((a, b) => a - b).join(", ") }),
      targets: targets(weights).join(", "),
      modules: new Set(entries.map(([key]) => moduleOf(key))).size,
    },
  };
};

/** The name of the module that a LoRA's tensor changes, as the file spells it. */
const moduleOf = (key: string): string =>
  key.replace(/\.(?:lora[._].*|hada_.*|lokr_.*|alpha|dora_scale|diff(?:_b)?|[a-z_]*_lora\..*)$/, "");

function loraNaming(weights: Weights): string {
  for (const key of weights.keys()) {
    if (/^lora_(unet|te\d?)_/.test(key)) return "kohya";
    if (/\.lora_[AB]\./.test(key)) return "peft";
    if (/^(unet|text_encoder)\./.test(key) || key.includes(".processor.")) return "diffusers";
  }
  return "unknown";
}

const TARGETS: readonly (readonly [name: string, test: RegExp])[] = [
  ["unet", /^(?:lora_unet_|unet\.|base_model\.model\.(?:down|mid|up)_|(?:down|mid|up)_block)/],
  ["text encoder", /^(?:lora_te1?_|text_encoder\.|base_model\.model\.text_model)/],
  ["text encoder 2", /^(?:lora_te2_|text_encoder_2\.)/],
];

const targets = (weights: Weights): string[] =>
  TARGETS.filter(([, test]) => [...weights.keys()].some((key) => test.test(key))).map(([name]) => name);

/** By the width of the text that cross attention reads: the last axis of the down matrix of a `to_k`. */
function loraFamily(entries: readonly (readonly [string, StoredTensor])[]): Family | null {
  if (entries.some(([key]) => key.startsWith("lora_te2_") || key.startsWith("text_encoder_2.")))
    return "sdxl";
  const cross = entries.find(
    ([key]) => /attn2[._](?:processor\.)?to_k/.test(key) && (DOWN.test(key) || LOHA.test(key)),
  );
  switch (cross?.[1].shape[1]) {
    case 768:
      return "sd1";
    case 1024:
      return "sd2";
    case 2048:
      return "sdxl";
    default:
      return null;
  }
}
