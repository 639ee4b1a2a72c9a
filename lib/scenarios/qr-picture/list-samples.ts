import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

export const SAMPLES_FOLDER = path.join("public", "samples");
const samplesFile = z.array(
  z.object({
    name: z.string(),
    file: z.string().regex(/^[a-z0-9-]+\.webp$/),
    alt: z.object({ en: z.string(), zh: z.string() }),
  }),
);

/** The pictures that ship with the project, for those who have none at hand. */
export const listSamples = async (): Promise<z.infer<typeof samplesFile>> =>
  samplesFile.parse(JSON.parse(await readFile(path.join(SAMPLES_FOLDER, "samples.json"), "utf8")));
