import type { Picture } from "../engine/picture";
import { parseNetworks } from "../engine/prompt/parse-networks";
import { AppError } from "../errors";
import { infer } from "../inference/client";
import type { Companions } from "../inference/model-defaults";
import {
  defaultCheckpoint,
  findModel,
  listModels,
  type ModelFile,
  SHIPPED_FAMILY,
} from "../inference/model-files";
import type { RecommendedSettings } from "../inference/recommended-settings";
import type { ControlInput, GenerateProgress } from "../inference/tasks";
import { type ModelManner, recommendForLora, recommendSettings } from "../models/recommend-settings";
import { requireModel } from "../models/require-model";
import type { DrawingOptions } from "./drawing.input";
import { DEFAULT_SETTINGS, type DrawingSettings } from "./drawing-settings";
import { nameFiles } from "./name-files";
import type { UsedFiles } from "./picture-parameters";
import { planGeneration } from "./plan-generation";
import { withLora } from "./prompt-loras";
import { usedFilesOf } from "./used-files";

/** Whoever waits for less needs no preview. */
const PREVIEW_PACE_MS = 2000;

/** One picture to be drawn. */
export interface DrawingWish {
  readonly prompt: string;
  readonly seed: number;
  /** Pixels, multiples of 8. */
  readonly width: number;
  readonly height: number;
  /** Begins with a picture; `strength` 0 … 1 is how much of it is forgotten. */
  readonly init?: { readonly picture: Picture; readonly strength: number };
  /** White is drawn anew, black kept; needs `init`. */
  readonly mask?: Picture;
  readonly controls?: readonly ControlInput[];
  /** Where the scenario knows better than the model's makers, and nobody said otherwise. */
  readonly steps?: number;
  /** Seed and strength of the way to another drawing. */
  readonly variation?: { readonly seed: number; readonly strength: number };
}

export interface Drawn {
  readonly picture: Picture;
  /** Where a style finished it: as it was before, and what is done to it again once that is larger. */
  readonly unfinished?: { readonly picture: Picture; readonly finish: (larger: Picture) => Picture };
  /** What it was drawn with in the end. */
  readonly settings: DrawingSettings;
  /** What its file says of the files behind it; large ones take seconds to be read, but once. */
  usedFiles(): Promise<UsedFiles>;
}

export interface EaselTools {
  readonly signal: AbortSignal;
  /** After every step. */
  readonly onProgress?: (progress: GenerateProgress) => void;
  /** Whether steps bring what is known of the picture: where it takes seconds, and showing it costs little. */
  readonly wantsPreviews?: boolean;
}

/** A model that was found, with what goes with it: ready to draw. */
export interface Easel {
  readonly model: ModelFile;
  /** Pixels a side that it draws best. */
  readonly side: number;
  readonly family: string;
  readonly companions: Companions;
  /** @throws EngineError weights_missing for a network that is not there · what `infer` throws. */
  draw(wish: DrawingWish, tools: EaselTools): Promise<Drawn>;
}

/**
 * Finds what the options name. Models are named, never reached by a path.
 * @param ownerId whose own LoRAs may be used besides those that everybody has; null: nobody's.
 * @throws AppError lora_gone for a LoRA of one's own that was removed, or is another's · EngineError weights_missing with the nearest names; those of `recommendSettings`
 */
export async function openEasel(options: DrawingOptions, ownerId: string | null = null): Promise<Easel> {
  const model = await chosenModel(options.model);
  const manner = await recommendSettings(model);
  const names = new Map([[model.path, model.name]]);
  const findLora = async (name: string): Promise<string> => {
    if (ownerId === null) return findModel(name, "lora");
    const found = await requireModel(ownerId, "lora", name).catch(sayGone);
    names.set(found.path, found.name);
    return found.path;
  };
  // The model that ships has a small one itself.
  const isShipped = model.name === SHIPPED_FAMILY;
  const previewer = isShipped ? null : await previewDecoder(manner.family);
  const canPreview = isShipped || previewer !== null;
  return {
    ...{ model, side: manner.side, family: manner.family, companions: manner.companions },
    async draw(wish, { signal, onProgress, wantsPreviews = false }) {
      const { prompt, seed, width, height, init, mask, controls = [], variation } = wish;
      const whole = options.loras.reduce(
        (text, { name, weight }) => withLora(text, name, `${weight}`),
        prompt,
      );
      const settings: DrawingSettings = {
        ...settingsOf(options, manner, await recommendForPrompt(whole, findLora, names)),
        prompt: whole,
        ...{ seed, width, height, variation: variation ?? null },
        ...(init && { strength: init.strength }),
        ...(wish.steps !== undefined && options.steps === null && { steps: wish.steps }),
      };
      const files = {
        model: model.path,
        ...(manner.prediction !== null && { prediction: manner.prediction }),
        ...(controls.length > 0 && { controls }),
        ...(init && { init: init.picture }),
        ...(mask && { mask }),
        // Named whether previews are wanted or not: with another decoder it would be another model in memory.
        ...(previewer !== null && { preview: previewer }),
      };
      const plan = await planGeneration(settings, files, findLora);
      const { pictures } = await infer(
        "generate",
        {
          ...{ ...plan, count: 1 },
          // Without a small decoder a preview takes longer than many a step.
          ...(wantsPreviews && canPreview && { wantsPreviews, previewPaceMs: PREVIEW_PACE_MS }),
        },
        { signal, ...(onProgress && { onProgress }) },
      ).catch((error: unknown) => {
        throw nameFiles(error, names);
      });
      return {
        picture: pictures[0]!.picture,
        settings,
        usedFiles: () =>
          usedFilesOf({
            ...{ model: model.path, prompt: settings.prompt, findLora, controls },
            init: init ? "a picture" : null,
          }),
      };
    },
  };
}

/** A small autoencoder (TAESD) for models of that family, as people name its file; null where none is installed. */
async function previewDecoder(family: string): Promise<string | null> {
  const pattern = family.startsWith("sdxl") ? /taesd-?xl/i : /taesd(?!-?(xl|3))/i;
  const found = (await listModels("vae")).find(({ name }) => pattern.test(name));
  return found?.path ?? null;
}

/** Of one's own LoRAs only the id is known here: what cannot be named is told in words. */
function sayGone(thrown: unknown): never {
  const isGone = thrown instanceof AppError && thrown.code === "not_found";
  throw isGone ? new AppError("lora_gone", { cause: thrown }) : thrown;
}

async function chosenModel(name: string | null): Promise<ModelFile> {
  if (name !== null) return { name, path: await findModel(name, "checkpoint") };
  const model = await defaultCheckpoint();
  if (!model) throw new AppError("weights_missing", { details: { file: "Seedling" } });
  return model;
}

/** What the prompt's networks ask of the drawing, the last one's word counting; null where they ask for nothing. */
async function recommendForPrompt(
  prompt: string,
  findLora: (name: string) => Promise<string>,
  names: ReadonlyMap<string, string>,
): Promise<RecommendedSettings | null> {
  let asked: RecommendedSettings | null = null;
  for (const { name, unetWeight } of parseNetworks(prompt).networks) {
    if (unetWeight === 0) continue;
    const path = await findLora(name);
    asked = (await recommendForLora({ name: names.get(path) ?? name, path })) ?? asked;
  }
  return asked;
}

/** What people say, else what LoRAs need, else what the model's makers say, else what everybody uses. */
function settingsOf(
  options: DrawingOptions,
  { settings, side }: ModelManner,
  forLoras: RecommendedSettings | null,
): Omit<DrawingSettings, "prompt" | "seed"> {
  const { steps, sampler, guidance, clipSkip, negativePrompt } = options;
  return {
    ...DEFAULT_SETTINGS,
    ...{ width: side, height: side },
    ...settings,
    ...forLoras,
    ...(steps !== null && { steps }),
    // Another sampler has no use for the schedule that goes with the recommended one.
    ...(sampler !== null && { sampler, schedule: "automatic" as const }),
    ...(guidance !== null && { guidance }),
    ...(clipSkip !== null && { clipSkip }),
    negativePrompt,
  };
}
