import { mkdir } from "node:fs/promises";
import { z } from "zod";
import { env } from "../env";
import { memoryBudget } from "../inference/memory-budget";
import { type CatalogueModel, catalogue, knownSize } from "./catalogue";
import { freeSpace, RESERVE_BYTES } from "./download/free-space";
import raw from "./measured.json";

const measured = z.object({
  source: z.string(),
  measurements: z.array(
    z.object({
      family: z.string(),
      precision: z.enum(["float32", "int8"]),
      /** For a picture, everything counted. */
      seconds: z.number().positive(),
      /** The most that the process took. */
      memoryBytes: z.number().positive(),
    }),
  ),
});

/** Whether a model can be used on this machine, as far as anybody knows before it is here. */
export interface Fit {
  readonly disk: "fits" | "full" | "unknown";
  /** `int8`: with large layers in 8 bits alone. Where nothing was measured, nothing is said. */
  readonly memory: "fits" | "int8" | "short" | "unknown";
  /** Measured for a picture, on two cores, in as many bits as the memory allows; null where nothing was measured. */
  readonly secondsOnTwoCores: number | null;
}

/** Room on the disk that models may take; null where nobody can tell. */
export async function roomForModels(): Promise<number | null> {
  const folder = env().MODELS_DIR;
  await mkdir(folder, { recursive: true }).catch(() => {});
  const freeBytes = await freeSpace(folder).catch(() => null);
  return freeBytes === null ? null : Math.max(0, freeBytes - RESERVE_BYTES);
}

/** @param roomBytes as `roomForModels` tells. */
export function fitOf(model: CatalogueModel, roomBytes: number | null): Fit {
  const sizeBytes = knownSize(model);
  const disk =
    sizeBytes === null || roomBytes === null ? "unknown" : sizeBytes <= roomBytes ? "fits" : "full";
  const own = model.kind === "checkpoint" ? measurementsOf(model.family) : [];
  const budget = memoryBudget(env().INFERENCE_MEMORY_MB);
  const fitting = own.find(({ memoryBytes }) => memoryBytes <= budget);
  if (own.length === 0) return { disk, memory: "unknown", secondsOnTwoCores: null };
  if (!fitting) return { disk, memory: "short", secondsOnTwoCores: null };
  return { disk, memory: fitting.precision === "int8" ? "int8" : "fits", secondsOnTwoCores: fitting.seconds };
}

const measurementsOf = (family: string | null) =>
  measured.parse(raw).measurements.filter((one) => one.family === family);

/** Of every model of the catalogue, by its id. */
export async function fitsMachine(): Promise<Record<string, Fit>> {
  const room = await roomForModels();
  return Object.fromEntries(catalogue().models.map((model) => [model.id, fitOf(model, room)]));
}
