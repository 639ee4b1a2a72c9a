import { EngineError } from "../engine-error";
import { recogniseLora } from "../layouts/recognise-lora";
import type { SafetensorsFile } from "../safetensors/open-safetensors";

/** A LoRA whose tensors do not make a change. @param module  as the file spells it. */
export const loraDamaged = (file: string, module: string, fault: string): EngineError =>
  new EngineError("lora_damaged", `${file}: ${module}: ${fault}`, { file, layer: module, fault });

/** Enough names to recognise a LoRA by. */
const SHOWN = 3;

export function fitsNothing(file: SafetensorsFile, unmatched: readonly string[]): EngineError {
  const keys = unmatched.slice(0, SHOWN).join(", ");
  const seen = madeFor(file);
  const message = `${file.path} changes nothing in this model; it seems made for ${seen}. It holds ${keys || "no tensors"}`;
  return new EngineError("lora_fits_nothing", message, { file: file.path, seen, keys });
}

export function misfits(
  file: SafetensorsFile,
  layer: string,
  expected: readonly number[],
  got: readonly number[],
): EngineError {
  const seen = madeFor(file);
  const message = `${file.path} changes ${layer} as if it were [${got}], not [${expected}]; it seems made for ${seen}`;
  const details = { file: file.path, layer, expected: `[${expected}]`, got: `[${got}]`, seen };
  return new EngineError("weights_shape_mismatch", message, details);
}

const FAMILIES = { sd1: "Stable Diffusion 1", sd2: "Stable Diffusion 2", sdxl: "SDXL" } as const;

/** Other architectures, by names that only they have. */
const STRANGERS: readonly (readonly [name: string, trace: RegExp])[] = [
  ["Flux", /double_blocks|single_transformer_blocks/],
  ["Stable Diffusion 3", /joint_blocks|joint_attn|transformer[._]transformer_blocks/],
  ["Stable Cascade", /lora_prior_unet/],
  ["a video model", /temporal|motion_modules/],
];

function madeFor(file: SafetensorsFile): string {
  const keys = [...file.tensors.keys()];
  const stranger = STRANGERS.find(([, trace]) => keys.some((key) => trace.test(key)));
  if (stranger) return stranger[0];
  const family = recogniseLora(file.tensors)?.family;
  return family && family in FAMILIES ? FAMILIES[family as keyof typeof FAMILIES] : "another architecture";
}
