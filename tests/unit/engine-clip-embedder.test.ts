import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ClipEmbedder, openClipEmbedder } from "@/lib/engine/pipelines/clip-embedder";
import { cosine, readClipGolden, writeTinyClip } from "../support/tiny-clip";
import { waves } from "../support/waves";

const golden = await readClipGolden();
const CPU = { kind: "cpu" } as const;
const NEAR = 0.99999;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-clip-"));
  for (const kind of ["clip", "siglip"] as const) await writeTinyClip(path.join(folder, kind), kind);
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
    expect(cosine(long!, longer!)).toBeGreaterThan(NEAR);
  });
});
