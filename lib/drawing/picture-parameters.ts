import type { PredictionType } from "@/lib/engine/layouts/scheduler-config";
import type { GenerationParameters, LoraHash } from "@/lib/engine/parameters/generation-parameters";
import type { WritableParameters } from "@/lib/engine/parameters/write-parameters";
import { a1111Names, fromA1111Names } from "@/lib/engine/schedulers/a1111-names";
import { PREDICTIONS } from "./drawing.input";
import type { DrawingSettings } from "./drawing-settings";
import { scheduleOf } from "./drawing-settings";
import { type Hires, hiresInput, LEAST_TIMES, MOST_TIMES } from "./hires.input";

/** A file that a picture was made with, as A1111 names it. */
export interface UsedFile {
  /** Without folder and ending. */
  readonly name: string;
  /** The first digits of its SHA-256, where it is a file. */
  readonly hash: string | null;
}

/** A picture that steered a drawing through a ControlNet. */
export interface UsedControl {
  readonly annotator: string;
  readonly model: UsedFile;
  readonly weight: number;
  readonly from: number;
  readonly to: number;
  readonly guess: boolean;
}

/** The files behind a picture. */
export interface UsedFiles {
  readonly model: UsedFile;
  readonly vae: UsedFile | null;
  readonly loras: readonly LoraHash[];
  readonly embeddings: readonly LoraHash[];
  readonly controls: readonly UsedControl[];
  /** Names of the pictures begun with. */
  readonly init: string | null;
  readonly mask: string | null;
  /** Where somebody said what the model predicts. */
  readonly prediction?: PredictionType | null;
}

const VERSION = "Mosaiq Studio";
/** Settings that A1111 has no name for keep ours. */
const KEY = {
  vae: "VAE",
  vaeHash: "VAE hash",
  embeddings: "TI hashes",
  convention: "Convention",
  guidanceEnd: "CFG end",
  precision: "Precision",
  prediction: "Prediction",
  init: "Init image",
  mask: "Mask",
  inpaintArea: "Inpaint area",
  // A1111's own
  hiresTimes: "Hires upscale",
  hiresSteps: "Hires steps",
  hiresUpscaler: "Hires upscaler",
  // It has one name for how much is forgotten, and no second pass of what begins with a picture.
  hiresStrength: "Hires denoising strength",
} as const;
/** What the text says beside them where only what was painted was drawn, as A1111 does: it is silent of a whole picture. */
export const ONLY_MASKED = [KEY.inpaintArea, "Only masked"] as const;
/** What a second pass is enlarged by where no model does it, as A1111 calls it. */
const FILTER = "Lanczos";

/** What a drawing's PNG says: A1111's text, from which `fromParameters` restores the settings. */
export function toParameters(
  settings: DrawingSettings,
  files: UsedFiles,
  more: readonly (readonly [string, string])[] = [],
): WritableParameters {
  const { variation, convention, guidanceEnd, precision, hires } = settings;
  const names = a1111Names(settings.sampler, scheduleOf(settings));
  const { model, vae, init, mask, loras, embeddings } = files;
  return {
    prompt: settings.prompt,
    negativePrompt: settings.negativePrompt,
    steps: settings.steps,
    sampler: names.sampler,
    scheduleType: names.schedule,
    cfgScale: settings.guidance,
    seed: settings.seed,
    width: settings.width,
    height: settings.height,
    model: model.name,
    ...(model.hash && { modelHash: model.hash }),
    ...(variation &&
      variation.strength > 0 && {
        variationSeed: variation.seed,
        variationSeedStrength: variation.strength,
      }),
    ...(init !== null
      ? { denoisingStrength: settings.strength }
      : hires && { denoisingStrength: hires.strength }),
    ...(settings.clipSkip > 1 && { clipSkip: settings.clipSkip }),
    rng: settings.generator === "torch-cpu" ? "CPU" : "NV",
    ...(loras.length > 0 && { loraHashes: loras }),
    version: VERSION,
    others: [
      ...(vae ? [[KEY.vae, vae.name] as const] : []),
      ...(vae?.hash ? [[KEY.vaeHash, vae.hash] as const] : []),
      ...(embeddings.length > 0 ? [[KEY.embeddings, hashList(embeddings)] as const] : []),
      ...(init !== null ? [[KEY.init, init] as const] : []),
      ...(mask !== null ? [[KEY.mask, mask] as const] : []),
      ...files.controls.map((control, i) => [`ControlNet ${i}`, describeControl(control)] as const),
      ...(hires ? describeHires(hires, init !== null) : []),
      ...(convention === "diffusers" ? [[KEY.convention, convention] as const] : []),
      ...(guidanceEnd < 1 ? [[KEY.guidanceEnd, `${guidanceEnd}`] as const] : []),
      ...(precision === "float32" ? [] : [[KEY.precision, precision] as const]),
      ...(files.prediction ? [[KEY.prediction, files.prediction] as const] : []),
      ...more,
    ],
  };
}

/** As A1111 writes it. */
const describeHires = ({ times, steps, strength, upscaler }: Hires, isBegun: boolean): [string, string][] => [
  [KEY.hiresTimes, `${times}`],
  ...(steps === null ? [] : [[KEY.hiresSteps, `${steps}`] as [string, string]]),
  [KEY.hiresUpscaler, upscaler ?? FILTER],
  ...(isBegun ? [[KEY.hiresStrength, `${strength}`] as [string, string]] : []),
];

const hashList = (files: readonly LoraHash[]): string =>
  files.map(({ name, hash }) => `${name.replace(/[,:]/g, "")}: ${hash}`).join(", ");

/** As A1111's ControlNet extension writes it. */
function describeControl({ annotator, model, weight, from, to, guess }: UsedControl): string {
  const mode = guess ? "ControlNet is more important" : "Balanced";
  const name = model.hash ? `${model.name} [${model.hash.slice(0, 8)}]` : model.name;
  return [
    ...[`Module: ${annotator}`, `Model: ${name.replace(/[,:]/g, "")}`, `Weight: ${weight}`],
    ...["Resize Mode: Crop and Resize", `Guidance Start: ${from}`, `Guidance End: ${to}`],
    `Control Mode: ${mode}`,
  ].join(", ");
}

/** What is drawn of a picture in which something is painted over: that alone, or all of it. */
export const INPAINT_AREAS = ["masked", "whole"] as const;
export type InpaintArea = (typeof INPAINT_AREAS)[number];

/** What a picture's text restores. */
export interface RestoredSettings {
  readonly settings: Partial<DrawingSettings>;
  readonly model: UsedFile | null;
  readonly vae: string | null;
  readonly prediction: PredictionType | null;
  /** Words that stand for embeddings. */
  readonly embeddings: readonly string[];
  /** Settings of a program that can do what cannot be done here, as they stood. */
  readonly unknown: readonly { readonly setting: "sampler" | "seed"; readonly got: string }[];
  /** What was drawn of a picture in which something was painted over; null where nobody says that anything was. */
  readonly inpaintArea: InpaintArea | null;
  /** Pictures that it was made from, which no text can hold, by the option that gives them again. */
  readonly pictures: readonly { readonly option: "init" | "mask" | "control"; readonly was: string }[];
}

/** Reads a picture's text back: what it does not say is left undefined, and A1111's default applies where it has one. */
export function fromParameters(parameters: GenerationParameters): RestoredSettings {
  const others = new Map(parameters.others);
  const { sampler, scheduleType, variationSeed, variationSeedStrength } = parameters;
  const names = sampler === undefined ? undefined : fromA1111Names(sampler, scheduleType);
  const wasDrawnHere = parameters.version === VERSION;
  const seed = others.get("Seed");
  const hires = readHires(others, parameters.denoisingStrength);
  return {
    settings: {
      prompt: parameters.prompt,
      negativePrompt: parameters.negativePrompt,
      ...given("steps", parameters.steps),
      ...names,
      ...given("guidance", parameters.cfgScale),
      ...given("seed", parameters.seed),
      ...given("width", parameters.width),
      ...given("height", parameters.height),
      ...given("strength", hires && !others.has(KEY.init) ? undefined : parameters.denoisingStrength),
      clipSkip: parameters.clipSkip ?? 1,
      variation:
        variationSeed === undefined || variationSeedStrength === undefined
          ? null
          : { seed: variationSeed, strength: variationSeedStrength },
      // Nothing said means a GPU's noise.
      hires,
      generator: parameters.rng === "CPU" ? "torch-cpu" : "philox",
      guidanceEnd: fraction(others.get(KEY.guidanceEnd)) ?? 1,
      precision: others.get(KEY.precision) === "int8" ? "int8" : "float32",
      convention: wasDrawnHere && others.get(KEY.convention) === "diffusers" ? "diffusers" : "k-diffusion",
    },
    model:
      parameters.model === undefined ? null : { name: parameters.model, hash: parameters.modelHash ?? null },
    vae: others.get(KEY.vae) ?? null,
    prediction: PREDICTIONS.find((name) => name === others.get(KEY.prediction)) ?? null,
    embeddings: (others.get(KEY.embeddings) ?? "").split(",").flatMap((entry) => {
      const name = entry.slice(0, entry.lastIndexOf(":")).trim();
      return name === "" ? [] : [name];
    }),
    unknown: [
      ...(sampler !== undefined && !names
        ? [{ setting: "sampler" as const, got: [sampler, scheduleType].filter(Boolean).join(" ") }]
        : []),
      ...(seed === undefined ? [] : [{ setting: "seed" as const, got: seed }]),
    ],
    inpaintArea:
      others.get(KEY.inpaintArea) === ONLY_MASKED[1] ? "masked" : others.has(KEY.mask) ? "whole" : null,
    pictures: parameters.others.flatMap(([key, was]) => {
      const option = key === KEY.init ? "init" : key === KEY.mask ? "mask" : "control";
      return option !== "control" || /^ControlNet \d+$/.test(key) ? [{ option, was } as const] : [];
    }),
  };
}

/** A second pass, where a text tells of one that can be made here: A1111's latent upscalers are a filter. */
function readHires(others: ReadonlyMap<string, string>, strength: number | undefined): Hires | null {
  const said = others.get(KEY.hiresTimes);
  if (said === undefined) return null;
  const upscaler = others.get(KEY.hiresUpscaler);
  const steps = Number(others.get(KEY.hiresSteps) ?? 0);
  // Less than can be asked for is what a small model made of it, and will again.
  const times = Math.min(MOST_TIMES, Math.max(LEAST_TIMES, Number(said)));
  const read = hiresInput.safeParse({
    ...{ times, strength: fraction(others.get(KEY.hiresStrength)) ?? strength },
    ...{ steps: steps === 0 ? null : steps },
    upscaler: upscaler === undefined || FILTERS.test(upscaler) ? null : upscaler,
  });
  return read.data ?? null;
}
const FILTERS = /^(none|lanczos|nearest|bicubic|latent.*)$/i;

/** 0 … 1, where a text says such a number. */
const fraction = (text = ""): number | undefined => {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return value >= 0 && value <= 1 ? value : undefined;
};

const given = <K extends keyof DrawingSettings>(
  key: K,
  value: DrawingSettings[K] | undefined,
): Partial<DrawingSettings> => (value === undefined ? {} : ({ [key]: value } as Partial<DrawingSettings>));
