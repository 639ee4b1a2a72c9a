import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { writeTinyCheckpoint } from "./tiny-weights";

const NAMES = { depth: "depth-anything", pose: "vitpose" } as const;

export interface TinyAnnotatorOptions {
  /** Fields over the golden's config.json. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Which case of the golden, 0 by default. */
  readonly index?: number;
}

/** Writes a tiny Depth Anything or ViTPose as transformers' layout has it: a case of tests/golden/models. */
export async function writeTinyAnnotator(
  folder: string,
  annotator: keyof typeof NAMES,
  { config = {}, index = 0 }: TinyAnnotatorOptions = {},
): Promise<void> {
  const golden = JSON.parse(await readFile(`tests/golden/models/${NAMES[annotator]}.json`, "utf8"));
  const found = golden.cases[index];
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "config.json"), JSON.stringify({ ...found.config, ...config }));
  const size = annotator === "depth" ? { width: 56, height: 56 } : { width: 24, height: 40 };
  await writeFile(path.join(folder, "preprocessor_config.json"), JSON.stringify({ size }));
  await writeTinyCheckpoint(path.join(folder, "model.safetensors"), found.shapes, "F32", found.salt);
}
