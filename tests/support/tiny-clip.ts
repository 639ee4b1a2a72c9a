import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { writeTinyCheckpoint } from "./tiny-weights";

interface Case {
  readonly config: object;
  readonly preprocessor: object;
  readonly shapes: Record<string, number[]>;
  /** Unit vectors by text, and of the pictures in the order of `sizes`. */
  readonly texts: Record<string, number[]>;
  readonly pictures: number[][];
}

/** What transformers made: `tests/golden/clip-embedder/make.py`. */
export interface ClipGolden {
  readonly sizes: readonly [number, number][];
  readonly clip: Case;
  readonly siglip: Case;
}

export const readClipGolden = async (): Promise<ClipGolden> =>
  JSON.parse(await readFile("tests/golden/clip-embedder/golden.json", "utf8"));

/** Writes a tiny random CLIP (CLIP's own vocabulary applies) or SigLIP 2 in transformers' layout. */
export async function writeTinyClip(folder: string, kind: "clip" | "siglip"): Promise<void> {
  const { config, preprocessor, shapes } = (await readClipGolden())[kind];
  await mkdir(folder, { recursive: true });
  const write = (name: string, value: unknown) => writeFile(path.join(folder, name), JSON.stringify(value));
  await write("config.json", config);
  await write("preprocessor_config.json", preprocessor);
  await writeTinyCheckpoint(path.join(folder, "model.safetensors"), shapes);
  if (kind === "clip") return;
  const lessons = JSON.parse(await readFile("tests/golden/tokenizer-siglip/golden.json", "utf8"));
  await write("tokenizer.json", lessons.tokenizer);
  await write("tokenizer_config.json", lessons.config);
}

export const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
