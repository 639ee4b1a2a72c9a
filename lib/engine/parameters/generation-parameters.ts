/** How a picture was made, as A1111 writes it beside the picture. What is undefined was not said. */
export interface GenerationParameters {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly steps?: number;
  /** Display name, such as "DPM++ 2M". */
  readonly sampler?: string;
  /** Display name of the noise schedule, such as "Karras". */
  readonly scheduleType?: string;
  readonly cfgScale?: number;
  readonly seed?: number;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  /** The first 10 digits of the checkpoint's SHA-256. */
  readonly modelHash?: string;
  readonly model?: string;
  readonly variationSeed?: number;
  readonly variationSeedStrength?: number;
  /** Strength of img2img, 0 to 1. */
  readonly denoisingStrength?: number;
  /** Hidden layers skipped from the end, counted from 1 (none). */
  readonly clipSkip?: number;
  /** Whose noise: "CPU", "GPU" or "NV"; A1111 says it only where it is not "GPU". */
  readonly rng?: string;
  readonly loraHashes?: readonly LoraHash[];
  /** Program that wrote it. */
  readonly version?: string;
  /** Everything else, as it stood, in its order. */
  readonly others: readonly (readonly [key: string, value: string])[];
}

export interface LoraHash {
  readonly name: string;
  readonly hash: string;
}

type FieldsOf<T> = {
  [K in keyof GenerationParameters]: NonNullable<GenerationParameters[K]> extends T ? K : never;
};
export type NumberField = NonNullable<
  Exclude<FieldsOf<number>[keyof GenerationParameters], "width" | "height">
>;
export type TextField = NonNullable<
  Exclude<FieldsOf<string>[keyof GenerationParameters], "prompt" | "negativePrompt">
>;

/** A setting and how it is kept. */
export type Label =
  | { readonly kind: "number"; readonly field: NumberField }
  | { readonly kind: "text"; readonly field: TextField }
  | { readonly kind: "size" }
  | { readonly kind: "loraHashes" };

const number = (field: NumberField): Label => ({ kind: "number", field });
const text = (field: TextField): Label => ({ kind: "text", field });

/** Settings by the name that A1111 gives them, in the order in which it writes them. */
export const LABELS: ReadonlyMap<string, Label> = new Map<string, Label>([
  ["Steps", number("steps")],
  ["Sampler", text("sampler")],
  ["Schedule type", text("scheduleType")],
  ["CFG scale", number("cfgScale")],
  ["Seed", number("seed")],
  ["Size", { kind: "size" }],
  ["Model hash", text("modelHash")],
  ["Model", text("model")],
  ["Variation seed", number("variationSeed")],
  ["Variation seed strength", number("variationSeedStrength")],
  ["Denoising strength", number("denoisingStrength")],
  ["Clip skip", number("clipSkip")],
  ["RNG", text("rng")],
  ["Lora hashes", { kind: "loraHashes" }],
  ["Version", text("version")],
]);

/** What stands between the prompt and the negative prompt. */
export const NEGATIVE = "Negative prompt:";

/** A setting's name: letters, digits, space, - and /, two at least. */
export const KEY = /^[\p{L}\p{N}_][\p{L}\p{N}_ \-/]*[\p{L}\p{N}_\-/]$/u;
