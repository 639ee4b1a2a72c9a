import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Picture, picture } from "@/lib/engine/picture";
import { type ClipEmbedder, openClipEmbedder } from "@/lib/engine/pipelines/clip-embedder";
import { writeTinyCheckpoint } from "../support/tiny-weights";

interface Golden {
  readonly config: object;
  readonly preprocessor: object;
  readonly shapes: Record<string, number[]>;
  readonly texts: Record<string, number[]>;
  readonly sizes: [number, number][];
  readonly pictures: number[][];
}
const golden: Golden = JSON.parse(await readFile("tests/golden/clip-embedder/golden.json", "utf8"));

/** The twin of `waves` in tests/golden/clip-embedder/make.py. */
function waves(width: number, height: number): Picture {
  const made = picture(width, height);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++, i++) made.data[i] = (x * x * 3 + y * 7 * (c + 1) + x * y) % 256;
  return made;
}

const cosine = (a: ArrayLike<number>, b: readonly number[]): number =>
  b.reduce((sum, value, i) => sum + value * a[i]!, 0);
const CPU = { kind: "cpu" } as const;

let folder = "";
let clip: ClipEmbedder;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-clip-"));
  await writeClip(folder, golden.config);
  clip = await openClipEmbedder(folder, CPU);
});
afterAll(async () => {
  await clip.release();
  await rm(folder, { recursive: true });
});

async function writeClip(at: string, config: object): Promise<void> {
  await mkdir(at, { recursive: true });
  await writeFile(path.join(at, "config.json"), JSON.stringify(config));
  await writeFile(path.join(at, "preprocessor_config.json"), JSON.stringify(golden.preprocessor));
  await writeTinyCheckpoint(path.join(at, "model.safetensors"), golden.shapes);
}

describe("a CLIP's vectors", () => {
  const texts = Object.keys(golden.texts);

  test("of texts are the reference's, however long the texts beside them are", async () => {
    const together = await clip.embedTexts(texts);
    for (const [i, text] of texts.entries()) {
      const [alone] = await clip.embedTexts([text]);
      expect(cosine(together[i]!, golden.texts[text]!)).toBeGreaterThan(0.99999);
      expect(cosine(alone!, golden.texts[text]!)).toBeGreaterThan(0.99999);
    }
  });

  test("of pictures of any size are the reference's", async () => {
    const shown = await clip.embedPictures(golden.sizes.map(([width, height]) => waves(width, height)));
    expect(shown).toHaveLength(golden.sizes.length);
    for (const [i, row] of shown.entries()) expect(cosine(row, golden.pictures[i]!)).toBeGreaterThan(0.99999);
  });

  test("have the length that is told, and are of length 1", async () => {
    const [text] = await clip.embedTexts(["dog"]);
    expect(text).toHaveLength(clip.dimensions);
    expect(Math.hypot(...text!)).toBeCloseTo(1, 5);
    expect([await clip.embedTexts([]), await clip.embedPictures([])]).toEqual([[], []]);
  });

  test("of a text that is too long are of its beginning", async () => {
    const [long] = await clip.embedTexts([`dog ${"cat ".repeat(300)}`]);
    const [cut] = await clip.embedTexts([`dog ${"cat ".repeat(6)}`]);
    expect(cosine(long!, [...cut!])).toBeGreaterThan(0.99999);
  });
});

test("a SigLIP is refused by name", async () => {
  const at = path.join(folder, "siglip");
  await writeClip(at, { ...golden.config, model_type: "siglip" });
  await expect(openClipEmbedder(at, CPU)).rejects.toMatchObject({
    ...{ code: "weights_unknown", details: { file: at, seen: "siglip" } },
  });
});
