import { z } from "zod";
import { MODEL_KINDS } from "@/lib/models/model-kinds";
import { endpoint, WEIGHTS } from "./_endpoint";
import { bundleView, catalogueView, modelView, pullView } from "./_model-views";

export const listModels = endpoint({
  method: "get",
  path: "/models",
  scope: "read",
  orScope: "make",
  summary: "What can be drawn with, in short; `/choices` has every name that scenarios are told.",
  answers: {
    200: z.strictObject({
      checkpoints: z.array(z.string()),
      usual: z.string().nullable().describe("What is drawn with where nobody chooses."),
      loras: z.array(
        z.strictObject({
          id: z.string().describe("As scenarios are told."),
          title: z.string(),
          draws: z
            .enum(["character", "style"])
            .nullable()
            .describe("Somebody of its own, or a way of drawing; null where nobody says."),
          triggerWords: z.array(z.string()),
        }),
      ),
    }),
  },
});

export const showCatalogue = endpoint({
  method: "get",
  path: "/models/catalogue",
  scope: "read",
  summary: "Models that the project knows, what each is for, and whether it fits this machine.",
  query: z.object({
    words: z.string().max(200).default("").describe("Only those in which all of these words are found."),
  }),
  answers: { 200: z.strictObject({ models: z.array(catalogueView), bundles: z.array(bundleView) }) },
});

export const listInstalled = endpoint({
  method: "get",
  path: "/models/installed",
  scope: "read",
  summary: "Every model that is here: yours, what is installed for everybody, and what ships.",
  answers: { 200: z.strictObject({ models: z.array(modelView) }) },
});

export const importModel = endpoint({
  method: "post",
  path: "/models/installed",
  scope: "models",
  summary: "Installs a model that lies on the studio's machine already: a file or a folder, linked.",
  body: z.object({ path: z.string().min(1).max(4_000).describe("Absolute, on the studio's machine.") }),
  answers: { 201: modelView },
});

export const removeModel = endpoint({
  method: "delete",
  path: "/models/installed",
  scope: "models",
  summary: "Removes an installed model for everybody. Jobs that wait for it will say that it is gone.",
  query: z.object({ kind: z.enum(MODEL_KINDS), name: z.string().min(1).max(500) }),
  answers: { 204: null },
});

export const listPulls = endpoint({
  method: "get",
  path: "/models/pulls",
  scope: "models",
  summary: "What is being fetched, waits, rests or failed, in the order in which it was asked for.",
  answers: { 200: z.strictObject({ pulls: z.array(pullView) }) },
});

export const requestPull = endpoint({
  method: "post",
  path: "/models/pulls",
  scope: "models",
  summary:
    "Has a model fetched and installed. Asked again, it is the same pull, and one that rested goes on.",
  body: z.object({
    source: z
      .string()
      .min(1)
      .max(500)
      .describe(
        "A name of the catalogue, `hf:owner/repo/file`, `civitai:VERSION`, or a page's address there.",
      ),
  }),
  answers: { 202: pullView },
});

export const requestBundle = endpoint({
  method: "post",
  path: "/models/pulls/bundle",
  scope: "models",
  summary: "Has what is not here yet of a bundle fetched and installed: a pull each.",
  body: z.object({ bundle: z.string().min(1).max(100).describe("A bundle's id, as the catalogue has it.") }),
  answers: { 202: z.strictObject({ pulls: z.array(pullView) }) },
});

export const showPull = endpoint({
  method: "get",
  path: "/models/pulls/{id}",
  scope: "models",
  summary: "How far a pull is; once it is over, how it ended.",
  answers: { 200: pullView },
});

export const steerPull = endpoint({
  method: "post",
  path: "/models/pulls/{id}",
  scope: "models",
  summary: "Lets a pull rest, go on, or end with nothing left of it.",
  body: z.object({ act: z.enum(["pause", "resume", "cancel"]) }),
  answers: { 200: pullView },
});

export const addLora = endpoint({
  method: "post",
  path: "/models/loras",
  scope: "write",
  summary: "Takes in a LoRA for you alone: the bytes of a .safetensors file, of up to 256 MB.",
  query: z.object({ name: z.string().min(1).max(255).describe("The file's name: its title.") }),
  rate: "lora",
  body: WEIGHTS,
  answers: { 200: modelView.describe("You have these bytes already."), 201: modelView },
});

export const showLora = endpoint({
  method: "get",
  path: "/models/loras/{id}",
  scope: "read",
  summary: "A LoRA of yours.",
  answers: { 200: modelView },
});

export const removeLora = endpoint({
  method: "delete",
  path: "/models/loras/{id}",
  scope: "write",
  summary: "Removes a LoRA of yours, and its file.",
  answers: { 204: null },
});
