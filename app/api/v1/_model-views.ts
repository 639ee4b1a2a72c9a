import { z } from "zod";
import type { ToldPull } from "@/app/api/models/pulls/_tell-pull";
import { MODEL_USES } from "@/lib/models/catalogue";
import type { ModelView } from "@/lib/models/describe-model";
import { MODEL_KINDS } from "@/lib/models/model-kinds";
import type { BundleView, CatalogueView } from "@/lib/models/show-catalogue";

const kind = z.enum(MODEL_KINDS);
export const modelFamily = z
  .enum(["sd1", "sd2", "sdxl", "sdxl-refiner", "sd3", "flux", "seedling"])
  .nullable()
  .describe("What it goes with; null where that leaves no trace, or does not matter.");

export const modelView: z.ZodType<ModelView> = z
  .strictObject({
    id: z.string().describe("What it is asked for by; of a LoRA of yours a UUID."),
    kind,
    title: z.string(),
    family: modelFamily,
    sizeBytes: z.number(),
    triggerWords: z.array(z.string()).readonly().describe("What a LoRA answers to."),
    origin: z.enum(["shipped", "installed", "own"]),
    catalogueId: z.string().nullable(),
    source: z.string().nullable(),
    licence: z.string().nullable(),
  })
  .meta({ id: "Model" });

const fit = z
  .strictObject({
    disk: z.enum(["fits", "full", "unknown"]),
    memory: z.enum(["fits", "int8", "short", "unknown"]).describe("`int8`: in 8 bits alone."),
    secondsOnTwoCores: z
      .number()
      .nullable()
      .describe("For a picture as its makers recommend it, by what was measured; null where nothing was."),
    steps: z.int().nullable().describe("In how many steps that is."),
  })
  .describe("Whether this machine can, as far as anybody knows before it is here.");

export const catalogueView: z.ZodType<CatalogueView> = z
  .strictObject({
    id: z.string().describe("What pulls are told."),
    name: z.string(),
    kind,
    family: z.string().nullable(),
    licence: z.string().nullable().describe("Null where its makers name none."),
    uses: z.array(z.enum(MODEL_USES)).readonly(),
    note: z.string().describe("In the language of Accept-Language."),
    sizeBytes: z
      .number()
      .nullable()
      .describe("Null where nobody knows for certain before the host is asked."),
    aboutBytes: z.number().nullable().describe("As people are told; null where nobody knows at all."),
    fit,
  })
  .meta({ id: "CatalogueModel" });

export const bundleView: z.ZodType<BundleView> = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    note: z.string(),
    models: z.array(z.string()).readonly().describe("Ids of the catalogue; each is a pull."),
    fit,
  })
  .meta({ id: "Bundle" });

export const pullView: z.ZodType<ToldPull> = z
  .strictObject({
    id: z.uuid(),
    source: z.string(),
    state: z.enum(["queued", "running", "paused", "done", "failed", "cancelled"]),
    receivedBytes: z.number(),
    totalBytes: z.number().nullable().describe("Null while the host has not said."),
    error: z
      .strictObject({ code: z.string(), message: z.string() })
      .nullable()
      .describe("Why it failed, in the asker's language.") as z.ZodType<ToldPull["error"]>,
  })
  .meta({ id: "Pull" });
