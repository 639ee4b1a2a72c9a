import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp, { type Region } from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPictureParameters } from "@/lib/engine/parameters/picture-parameters";

let folder: string;
const at = (name: string) => path.join(folder, name);
const SIZE = { width: 600, height: 420 };
const BOX = { left: 130, top: 100, width: 120, height: 90 };
/** No feather is wider. */
const MOST_FEATHER_PX = 48;

/** Runs the headless command as a script would; never throws for its exit status. */
function generate(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const env = { ...process.env, DATA_DIR: at("data"), MODELS_DIR: at("models"), INFERENCE_DEVICE: "cpu" };
  const command = ["--import", "tsx", "scripts/studio/main.ts", "generate", ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { maxBuffer: 1 << 24, env }, (error, out, err) =>
      resolve({ status: error ? Number(error.code) : 0, out, err }),
    );
  });
}

const read = (name: string) => readFile(at(name));
const pixels = (name: string) => sharp(at(name)).removeAlpha().raw().toBuffer();
const INIT = () => ["--init", at("photo.png"), "--mask", at("mask.png")];
const ASKED = ["--prompt", "a small red house", "--seed", "3"];

async function writeMask(name: string, scale: number, box: Region): Promise<void> {
  const [width, height] = [SIZE.width * scale, SIZE.height * scale];
  const input = { create: { ...box, channels: 3 as const, background: "#fff" } };
  await sharp({ create: { width, height, channels: 3, background: "#000" } })
    .composite([{ input, left: box.left, top: box.top }])
    .png()
    .toFile(at(name));
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-inpaint-"));
  // Broad light and fine grain, as in a photo.
  const grain = Uint8Array.from({ length: SIZE.width * SIZE.height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % SIZE.width, Math.floor(i / 3 / SIZE.width)];
    return 60 + (120 * x) / SIZE.width + (40 * y) / SIZE.height + ((i * 7919) % 31);
  });
  await sharp(grain, { raw: { ...SIZE, channels: 3 } })
    .png()
    .toFile(at("photo.png"));
  // Painted half as large.
  await writeMask("mask.png", 0.5, { left: 65, top: 50, width: 60, height: 45 });
  await sharp({ create: { width: 9, height: 9, channels: 3, background: "#000" } })
    .png()
    .toFile(at("nothing.png"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Mean change of a byte in what is painted, and how many bytes changed where no feather reaches. */
async function changes(name: string): Promise<{ inside: number; beyond: number }> {
  const [before, after] = [await pixels("photo.png"), await pixels(name)];
  expect(after.length).toBe(before.length);
  let [inside, beyond] = [0, 0];
  for (let y = 0, i = 0; y < SIZE.height; y++)
    for (let x = 0; x < SIZE.width; x++) {
      const away = Math.hypot(
        Math.max(BOX.left - x, 0, x - (BOX.left + BOX.width)),
        Math.max(BOX.top - y, 0, y - (BOX.top + BOX.height)),
      );
      for (let c = 0; c < 3; c++, i++) {
        const by = Math.abs(after[i]! - before[i]!);
        if (away === 0) inside += by;
        else if (away > MOST_FEATHER_PX && by > 0) beyond++;
      }
    }
  return { inside: inside / (3 * BOX.width * BOX.height), beyond };
}

describe("what is painted over in a picture", () => {
  test("alone is drawn, at the model's size, and put back: all else stays to the byte", async () => {
    const made = await generate(...ASKED, ...INIT(), "--strength", "1", "--out", at("one.png"), "--json");
    expect(made).toMatchObject({ status: 0, err: "" });
    expect(JSON.parse(made.out)).toMatchObject({
      ...{ settings: { width: 136, height: 120 }, mask: "mask.png", inpaintArea: "masked" },
    });
    const { inside, beyond } = await changes("one.png");
    expect(beyond).toBe(0);
    expect(inside).toBeGreaterThan(30);
    const text = (await readPictureParameters(await read("one.png")))!;
    expect(text).toMatchObject({ width: 136, height: 120, denoisingStrength: 1 });
    expect(text.others).toContainEqual(["Inpaint area", "Only masked"]);
    const again = await generate("--from", at("one.png"), ...INIT(), "--out", at("again.png"));
    expect(again).toMatchObject({ status: 0, out: expect.stringContaining(": 600×420, seed 3") });
    expect((await read("again.png")).equals(await read("one.png"))).toBe(true);
  });

  test("is drawn with the whole picture where somebody asks for that, which is remembered", async () => {
    const whole = ["--inpaint-area", "whole", "--out", at("whole.png")];
    await generate(...ASKED, ...INIT(), ...whole);
    expect(await sharp(at("whole.png")).metadata()).toMatchObject({ width: 192, height: 136 });
    const text = (await readPictureParameters(await read("whole.png")))!;
    expect(text.others.map(([key]) => key)).toEqual(["Init image", "Mask"]);
    await generate("--from", at("whole.png"), ...INIT(), "--out", at("again.png"));
    expect((await read("again.png")).equals(await read("whole.png"))).toBe(true);
    // A size that was a whole picture's is no part's.
    await generate("--from", at("whole.png"), ...INIT(), "--inpaint-area", "masked", "--out", at("part.png"));
    expect(await changes("part.png")).toMatchObject({ beyond: 0 });
    expect(await readPictureParameters(await read("part.png"))).toMatchObject({ width: 136, height: 120 });
  });

  test("has the size that is asked for, and comes by several, varied, following a picture", async () => {
    const more = ["--batch", "2", "--variation", "5:0.3", "--size", "160x96"];
    const control = ["--control", `canny:seedling-line:0.8=${at("photo.png")}`];
    const made = await generate(...ASKED, ...INIT(), ...more, ...control, "--out", at("some.png"), "--json");
    expect(made).toMatchObject({ status: 0, err: "" });
    expect(JSON.parse(made.out)).toMatchObject({
      ...{ settings: { width: 160, height: 96 }, controls: [{ annotator: "canny" }] },
      pictures: [{ variationSeed: 5 }, { variationSeed: 6 }],
    });
    for (const name of ["some-1.png", "some-2.png"])
      expect(await changes(name)).toMatchObject({ beyond: 0, inside: expect.any(Number) });
    expect(await pixels("some-1.png")).not.toEqual(await pixels("some-2.png"));
  });

  test("is compared on a sheet of whole pictures", async () => {
    const made = await generate(...ASKED, ...INIT(), "--xy", "strength=0.3,0.9", "--out", at("sheet.png"));
    expect(made).toMatchObject({ status: 0, err: "" });
    const { width, height } = await sharp(at("sheet.png")).metadata();
    expect([width! > 2 * SIZE.width, height! > SIZE.height, height! < 2 * SIZE.height]).toEqual([
      ...[true, true, true],
    ]);
    const { others } = (await readPictureParameters(await read("sheet.png")))!;
    expect(others).toEqual(
      expect.arrayContaining([
        ["Inpaint area", "Only masked"],
        ["X Values", "0.3,0.9"],
      ]),
    );
  });

  test("is asked for in words that are understood", async () => {
    const before = await readdir(folder);
    const codeOf = async (...args: string[]) => {
      const { status, out } = await generate(...ASKED, "--out", at("never.png"), "--json", ...args);
      return [status, JSON.parse(out).error.code];
    };
    const init = ["--init", at("photo.png")];
    expect(await codeOf(...init, "--mask", at("nothing.png"))).toEqual([1, "mask_empty"]);
    expect(await codeOf(...INIT(), "--inpaint-area", "some")).toEqual([1, "setting_invalid"]);
    expect(await codeOf(...init, "--inpaint-area", "whole")).toEqual([2, "usage"]);
    expect(await codeOf(...INIT(), "--hires", "1.5")).toEqual([2, "usage"]);
    expect(await readdir(folder)).toEqual(before);
  });
});
