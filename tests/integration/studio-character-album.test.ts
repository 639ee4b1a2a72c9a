import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-album-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command without a database, on what ships. */
function characterAlbum(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const command = ["--import", "tsx", "scripts/studio/main.ts", "character-album", ...args];
  const env = {
    ...process.env,
    ...{
      DATA_DIR: path.join(folder, "data"),
      MODELS_DIR: path.join(folder, "models"),
      INFERENCE_DEVICE: "cpu",
    },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env }, (error, out, err) =>
      resolve({ status: error ? Number(error.code) : 0, out, err }),
    );
  });
}

test("an album comes into a folder, a file a scene, and says what it was drawn with", async () => {
  const scenes = path.join(folder, "scenes.txt");
  await writeFile(scenes, "in front of a forest at sunset\r\n\n在海边\n");
  const out = path.join(folder, "new", "album");
  const args = ["--character", "kai:0.9", "--scenes", scenes, "--style", "halftone:0.4", "--seed", "5"];
  const { status, out: printed } = await characterAlbum(...args, "--out", out, "--lang", "zh", "--json");
  expect(status).toBe(0);
  const report = JSON.parse(printed);
  expect(report).toMatchObject({
    album: "阿凯的相册",
    pictures: [
      { seed: 5, prompt: "halftone style, Kai, in front of a forest at sunset" },
      { seed: 6, prompt: "halftone style, Kai, 在海边", title: "阿凯 · 在海边" },
    ],
  });
  const files = (await readdir(out)).sort();
  expect(files).toEqual(["01 阿凯 · in front of a forest at sunset.png", "02 阿凯 · 在海边.png"]);
  const [first, second] = await Promise.all(files.map((file) => readFile(path.join(out, file))));
  expect(await sharp(first).metadata()).toMatchObject({ format: "png", width: 512, height: 512 });
  expect(first!.equals(second!)).toBe(false);
}, 120_000);

test("what makes no sense is told, and nothing is written", async () => {
  const out = path.join(folder, "nothing");
  expect(await characterAlbum("--out", out)).toMatchObject({ status: 2 });
  expect(await characterAlbum("--character", "momo", "--scenes", "moods", "--out", out)).toMatchObject({
    status: 2,
    err: expect.stringContaining("day, seasons, world, wardrobe"),
  });
  const unknown = await characterAlbum("--character", "momi", "--out", out, "--json");
  expect(unknown.status).toBe(1);
  expect(JSON.parse(unknown.out).error).toMatchObject({
    code: "weights_missing",
    details: { nearest: expect.stringContaining("momo") },
  });
  expect(await characterAlbum("--character", "momo", "--count", "99", "--out", out)).toMatchObject({
    status: 1,
  });
  await expect(readdir(out)).rejects.toThrow();
}, 60_000);
