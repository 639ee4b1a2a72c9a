import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { open, readdir } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { type Picture, picture } from "@/lib/engine/picture";

/** One drawing of the world that Seedling learnt, as `training/world/draw.ts` writes it. */
export interface Drawing {
  readonly kind: string;
  readonly record: Readonly<Record<string, unknown>>;
  /** What of the record the first caption tells. */
  readonly told: Readonly<Record<string, unknown>>;
  /** Captions, the fullest first. */
  readonly en: readonly string[];
  readonly zh: readonly string[];
  readonly picture: Picture;
}

export interface DrawOptions {
  readonly size: number;
  readonly count: number;
  readonly split: "train" | "test";
  readonly seed: number;
  /** Drawings of one named character. */
  readonly name?: string;
}

/** Draws into a folder what is not there yet, and reads it. The same options mean the same drawings. */
export async function drawWorld(folder: string, options: DrawOptions): Promise<Drawing[]> {
  const { size, count, split, seed, name } = options;
  const args = Object.entries({ out: folder, size, count, split, seed, ...(name && { name }) });
  await promisify(execFile)(
    process.execPath,
    [
      ...process.execArgv,
      "training/world/draw.ts",
      ...args.flatMap(([key, value]) => [`--${key}`, `${value}`]),
    ],
    { maxBuffer: 2 ** 26 },
  );
  const drawings: Drawing[] = [];
  for (const file of (await readdir(folder)).filter((each) => each.startsWith("captions-")).sort())
    drawings.push(...(await readShard(folder, file, size)));
  return drawings.slice(0, count);
}

async function readShard(folder: string, captions: string, size: number): Promise<Drawing[]> {
  const pixels = await open(
    path.join(folder, captions.replace("captions-", "pictures-").replace(".jsonl", ".bin")),
  );
  const drawings: Drawing[] = [];
  try {
    const lines = createInterface({ input: createReadStream(path.join(folder, captions), "utf8") });
    for await (const line of lines) {
      const data = new Uint8ClampedArray(size * size * 3);
      await pixels.read(data, 0, data.length, drawings.length * data.length);
      drawings.push({
        ...(JSON.parse(line) as Omit<Drawing, "picture">),
        picture: picture(size, size, data),
      });
    }
  } finally {
    await pixels.close();
  }
  return drawings;
}
