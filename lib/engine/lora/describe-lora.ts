import { triggerWords } from "../layouts/trigger-words";
import type { SafetensorsFile } from "../safetensors/open-safetensors";
import { collectModules } from "./collect-modules";
import { type LoraDelta, tensorsOf } from "./lora-delta";
import { readDeltas } from "./read-delta";

/** What a LoRA file tells of itself, without a model at hand. */
export interface LoraDescription {
  /** "LoRA", "LoHa", "LoKr", "full difference", with "Tucker" and "DoRA" where they apply. */
  readonly kinds: readonly string[];
  /** Ascending; a file may have several. */
  readonly ranks: readonly number[];
  /** Ascending; empty where the file leaves them to be the ranks. */
  readonly alphas: readonly number[];
  /** Modules it changes, by network. */
  readonly modules: { readonly unet: number; readonly textEncoders: number };
  /** Whether nothing but attention is changed, or kernels larger than 1×1 too. */
  readonly layers: "attention" | "linear" | "convolutions";
  /** What its maker calls it, and what it was made for; null where the file does not say. */
  readonly name: string | null;
  readonly baseModel: string | null;
  /** Words the training captions had, the most frequent first. */
  readonly triggerWords: readonly string[];
}

/** @throws EngineError lora_damaged · weights_unknown for other adapters. */
export async function describeLora(file: SafetensorsFile): Promise<LoraDescription> {
  const { modules } = collectModules(file);
  const deltas: LoraDelta[] = [];
  for (const [module, roles] of modules)
    for (const [, delta] of await readDeltas(file.path, module, roles)) deltas.push(delta);
  const names = [...modules.keys()];
  const textEncoders = names.filter((name) => TEXT_ENCODER.test(name)).length;
  const { metadata } = file;
  return {
    kinds: [...new Set(deltas.flatMap(kindsOf))],
    ranks: ascending(deltas.map(({ rank }) => rank)),
    alphas: ascending(deltas.map(({ alpha }) => alpha)),
    modules: { unet: names.length - textEncoders, textEncoders },
    layers: layersOf(names, deltas),
    name: metadata.ss_output_name ?? metadata["modelspec.title"] ?? null,
    baseModel: metadata.ss_base_model_version ?? metadata["modelspec.architecture"] ?? null,
    triggerWords: triggerWords(metadata),
  };
}

const TEXT_ENCODER = /^(?:lora_te\d?_|text_encoder(?:_2)?\.|(?:base_model\.model\.)?text_model\.)/;
const ATTENTION = /attn/;
/** LoHa and LoKr flatten kernels: their shapes alone do not tell. */
const CONVOLUTION =
  /(?:conv(?:1|2|_in|_out|_shortcut)?|[._]op|in_layers[._]2|out_layers[._]3|skip_connection)$/;

const KINDS = { lora: "LoRA", loha: "LoHa", lokr: "LoKr", diff: "full difference" } as const;

function kindsOf(delta: LoraDelta): string[] {
  const factors =
    delta.kind === "lora" ? [delta.product] : delta.kind === "diff" ? [] : [delta.first, delta.second];
  const tucker = factors.some((factor) => "core" in factor && factor.core);
  return [KINDS[delta.kind], ...(tucker ? ["Tucker"] : []), ...(delta.magnitude ? ["DoRA"] : [])];
}

function layersOf(names: readonly string[], deltas: readonly LoraDelta[]): LoraDescription["layers"] {
  const hasKernel = ({ shape }: { shape: readonly number[] }) =>
    shape.length === 4 && shape[2]! * shape[3]! > 1;
  const kernels = deltas.some((delta) => tensorsOf(delta).some(hasKernel));
  if (kernels || names.some((name) => CONVOLUTION.test(name))) return "convolutions";
  return names.every((name) => ATTENTION.test(name)) ? "attention" : "linear";
}

const ascending = (numbers: readonly (number | null)[]): number[] =>
  [...new Set(numbers.filter((number) => number !== null))].sort((a, b) => a - b);
