import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Picture, picture } from "@/lib/engine/picture";
import { type ClipEmbedder, openClipEmbedder } from "@/lib/engine/pipelines/clip-embedder";
import { writeTinyCheckpoint } from "../support/tiny-weights";

interface Case {
  readonly config: object;
  readonly preprocessor: object;
  readonly shapes: Record<string, number[]>;
  readonly texts: Record<string, number[]>;
  readonly pictures: number[][];
}
const golden: { sizes: [number, number][]; clip: Case; siglip: Case } = JSON.parse(
  await readFile("tests/golden/clip-embedder/golden.json", "utf8"),
);

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

const NEAR = 0.99999;

async function writeModel(at: string, { config, preprocessor, shapes }: Case): Promise<void> {
  await mkdir(at, { recursive: true });
  const write = (name: string, value: unknown) => writeFile(path.join(at, name), JSON.stringify(value));
  await write("config.json", config);
  await write("preprocessor_config.json", preprocessor);
  await writeTinyCheckpoint(path.join(at, "model.safetensors"), shapes);
}

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-clip-"));
  await writeModel(path.join(folder, "clip"), golden.clip);
  await writeModel(path.join(folder, "siglip"), golden.siglip);
  const { tokenizer, config } = JSON.parse(
    await readFile("tests/golden/tokenizer-siglip/golden.json", "utf8"),
  );
  await writeFile(path.join(folder, "siglip/tokenizer.json"), JSON.stringify(tokenizer));
  await writeFile(path.join(folder, "siglip/tokenizer_config.json"), JSON.stringify(config));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(["clip", "siglip"] as const)("vectors of a %s", (kind) => {
  const { texts, pictures } = golden[kind];
  let embedder: ClipEmbedder;
  beforeAll(async () => {
    embedder = await openClipEmbedder(path.join(folder, kind), CPU);
  });
  afterAll(() => embedder.release());

  test("for texts are the reference's, however long the texts beside them are", async () => {
    const together = await embedder.embedTexts(Object.keys(texts));
    for (const [i, [text, expected]] of Object.entries(texts).entries()) {
      const [alone] = await embedder.embedTexts([text]);
      expect(cosine(together[i]!, expected)).toBeGreaterThan(NEAR);
      expect(cosine(alone!, expected)).toBeGreaterThan(NEAR);
    }
  });

  test("for pictures of any size are the reference's", async () => {
    const shown = await embedder.embedPictures(golden.sizes.map(([width, height]) => waves(width, height)));
    expect(shown).toHaveLength(golden.sizes.length);
    for (const [i, row] of shown.entries()) expect(cosine(row, pictures[i]!)).toBeGreaterThan(NEAR);
  });

  test("have the length that is told, and are of length 1", async () => {
    const [text] = await embedder.embedTexts(["dog"]);
    expect(text).toHaveLength(embedder.dimensions);
    expect(Math.hypot(...text!)).toBeCloseTo(1, 5);
    expect([await embedder.embedTexts([]), await embedder.embedPictures([])]).toEqual([[], []]);
  });

  test("for a text that is too long are of its beginning", async () => {
    const [long, longer] = await embedder.embedTexts([
      `dog ${"cat ".repeat(300)}`,
      `dog ${"cat ".repeat(90)}`,
    ]);
    expect(cosine(long!, [...longer!])).toBeGreaterThan(NEAR);
  });
});
