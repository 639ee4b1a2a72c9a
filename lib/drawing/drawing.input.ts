import { z } from "zod";
import { type SamplerName, type ScheduleName, samplers } from "../engine/schedulers/registry";
import { listedIn, type NameList } from "./name-lists.input";

const modelName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}<>:]+$/u);

/** A model as `findModel` knows it: a name, never a path. @param list where programs find which there are. */
export const modelNameIn = (list: NameList) => modelName.describe(listedIn(list));

export const samplerName = z
  .enum(Object.keys(samplers) as [SamplerName, ...SamplerName[]])
  .describe(listedIn("samplers"));

export const ASPECTS = ["square", "portrait", "landscape"] as const;
export type Aspect = (typeof ASPECTS)[number];

export const MOST_LORAS = 4;

/** Every way in which noise can go down; a sampler may have fewer of them: see `samplers`. */
export const SCHEDULES = [...new Set(Object.values(samplers).flatMap(({ schedules }) => schedules))] as [
  ScheduleName,
  ...ScheduleName[],
];
/** The engine's `PredictionType`s. */
export const PREDICTIONS = ["epsilon", "v_prediction"] as const;

/**
 * What people write about a picture, in any script. Half a character, which is what is left of an emoji that something cut
 * in two, is drawn by nobody and kept by no database.
 */
export const writtenText = z
  .string()
  .overwrite((text) => text.replace(/\p{Cs}/gu, "\uFFFD").replaceAll("\0", ""))
  .trim();

/** How something is drawn, the same for every scenario; null leaves it to the model's makers. */
export const drawingOptions = z.object({
  model: modelNameIn("models").nullable().default(null),
  loras: z
    .array(z.object({ name: modelNameIn("loras"), weight: z.number().min(-2).max(2).default(1) }))
    .max(MOST_LORAS)
    .default([]),
  negativePrompt: writtenText
    .max(2000)
    .describe("What shall not be seen. The `word` of one of `embeddings` at `/choices` stands for it.")
    .default(""),
  steps: z.number().int().min(1).max(100).nullable().default(null),
  sampler: samplerName.nullable().default(null),
  /** How the noise goes down; null: as goes with the sampler. */
  schedule: z.enum(SCHEDULES).describe(listedIn("schedules")).nullable().default(null),
  guidance: z.number().min(0).max(30).nullable().default(null),
  clipSkip: z.number().int().min(1).max(4).nullable().default(null),
  /** An installed autoencoder in place of the model's own. */
  vae: modelNameIn("vaes").nullable().default(null),
  /** What the model predicts, where its file does not say it right: single files of SD 2 cannot. */
  prediction: z.enum(PREDICTIONS).nullable().default(null),
  /** Of the first picture; null: another one every time. */
  seed: z.number().int().min(0).max(0xffffffff).nullable().default(null),
});
export type DrawingOptions = z.infer<typeof drawingOptions>;

/** What is asked of a picture, in any script; networks may be named in it: `<lora:name:0.8>`. */
export const promptText = writtenText
  .min(1)
  .max(2000)
  .describe(
    "In any script. `<lora:ID:0.8>` draws with one of `loras`, and the `word` of one of `embeddings` stands for it: see `/choices`.",
  );
