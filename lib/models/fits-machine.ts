import { mkdir } from "node:fs/promises";
import { z } from "zod";
import { env } from "../env";
import { memoryBudget } from "../inference/memory-budget";
import { type CatalogueModel, sizesOf } from "./catalogue";
import { freeSpace, RESERVE_BYTES } from "./download/free-space";
import raw from "./measured.json";
import { sumSizes } from "./sum-sizes";

const measured = z.object({
  source: z.string(),
  measurements: z.array(
    z.object({
      family: z.string(),
      precision: z.enum(["float32", "int8"]),
      /** Of the UNet, once. */
      callSeconds: z.number().positive(),
      /** Of its own autoencoder. */
      decodeSeconds: z.number().positive(),
      /** The most that the process took for a picture. */
      memoryBytes: z.number().positive(),
      /** What a ControlNet's process took: what each of them adds, at most. */
      controlBytes: z.number().positive(),
    }),
  ),
});

/** Where neither a person nor a model's makers say otherwise. */
const USUAL = { steps: 20, guidance: 7 };

/** Whether a model can be used on this machine, as far as anybody knows before it is here. */
export interface Fit {
  readonly disk: "fits" | "full" | "unknown";
  /** `int8`: with large layers in 8 bits alone. Where nothing was measured, nothing is said. */
  readonly memory: "fits" | "int8" | "short" | "unknown";
  /** For a picture as its makers recommend it, by what was measured, in as many bits as the memory allows; else null. */
  readonly secondsOnTwoCores: number | null;
  /** In how many steps that is. */
  readonly steps: number | null;
}

/** Room on the disk that models may take; null where nobody can tell. */
export async function roomForModels(): Promise<number | null> {
  const folder = env().MODELS_DIR;
  await mkdir(folder, { recursive: true }).catch(() => {});
  const freeBytes = await freeSpace(folder).catch(() => null);
  return freeBytes === null ? null : Math.max(0, freeBytes - RESERVE_BYTES);
}

/**
 * Of models that are to be brought in together and used together; ControlNets stand beside a checkpoint, here or not.
 * @param roomBytes as `roomForModels` tells.
 */
export function fitOf(models: readonly CatalogueModel[], roomBytes: number | null): Fit {
  const { bytes, is } = sumSizes(models.map(sizesOf));
  const isFull = roomBytes !== null && bytes > roomBytes;
  const disk = isFull ? "full" : roomBytes === null || is === "more" ? "unknown" : "fits";
  const drawing = models.filter(({ kind }) => kind === "checkpoint" || kind === "controlnet");
  const own = measurementsOf(drawing[0]?.family ?? null);
  if (own.length === 0) return { disk, memory: "unknown", ...UNTIMED };
  const controls = drawing.filter(({ kind }) => kind === "controlnet").length;
  const budget = memoryBudget(env().INFERENCE_MEMORY_MB);
  const fitting = own.find(
    ({ memoryBytes, controlBytes }) => memoryBytes + controls * controlBytes <= budget,
  );
  if (!fitting) return { disk, memory: "short", ...UNTIMED };
  const memory = fitting.precision === "int8" ? "int8" : "fits";
  // What ControlNets add to a call depends on how many steps they are shown.
  return { disk, memory, ...(controls === 0 ? timeOf(models, fitting) : UNTIMED) };
}

const UNTIMED = { secondsOnTwoCores: null, steps: null } as const;

type Measurement = z.infer<typeof measured>["measurements"][number];

/** A LoRA that makes a model quick says in how many steps; else the model does. */
function timeOf(models: readonly CatalogueModel[], { callSeconds, decodeSeconds }: Measurement) {
  const [told] = ["lora", "checkpoint"].flatMap(
    (kind) => models.find((model) => model.kind === kind && model.recommended)?.recommended ?? [],
  );
  const { steps = USUAL.steps, guidance = USUAL.guidance } = told ?? {};
  // With guidance each step asks twice: with the prompt, and without it.
  const calls = steps * (guidance > 1 ? 2 : 1);
  return { secondsOnTwoCores: Math.round(calls * callSeconds + decodeSeconds), steps };
}

const measurementsOf = (family: string | null) =>
  measured.parse(raw).measurements.filter((one) => one.family === family);
