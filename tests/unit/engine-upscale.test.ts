import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Picture, picture } from "@/lib/engine/picture";
import { openUpscaler } from "@/lib/engine/pipelines/upscale";
import { writeTinyCheckpoint } from "../support/tiny-weights";

const CPU = { kind: "cpu" } as const;
let folder = "";
const at = (name: string) => path.join(folder, `${name}.safetensors`);

/** SRVGGNetCompact ×2 of 8 features and one convolution, as training code wraps it. */
const SRVGG = {
  "params.body.0.weight": [8, 3, 3, 3],
  "params.body.0.bias": [8],
  "params.body.1.weight": [8],
  "params.body.2.weight": [8, 8, 3, 3],
  "params.body.2.bias": [8],
  "params.body.3.weight": [8],
  "params.body.4.weight": [12, 8, 3, 3],
  "params.body.4.bias": [12],
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "mosaiq-upscale-"));
  await writeTinyCheckpoint(at("srvgg"), SRVGG);
  await writeTinyCheckpoint(at("other"), { "something.weight": [2, 2] });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const waves = (width: number, height: number): Picture => {
  const data = new Uint8ClampedArray(width * height * 3);
  for (let i = 0; i < data.length; i++) data[i] = 128 + 100 * Math.sin(i / 37) * Math.cos(i / 911);
  return picture(width, height, data);
};

const crop = ({ width, data }: Picture, x0: number, y0: number, side: number): number[] =>
  Array.from({ length: side * side * 3 }, (_, i) => {
    const [y, x] = [Math.floor(i / 3 / side), Math.floor(i / 3) % side];
    return data[((y0 + y) * width + x0 + x) * 3 + (i % 3)]!;
  });

describe("an upscaler", () => {
  test("in tiles draws what it draws in one piece", async () => {
    const upscaler = await openUpscaler(at("srvgg"), CPU);
    const source = waves(400, 250);
    const large = await upscaler.upscale(source);
    expect([upscaler.scale, large.width, large.height]).toEqual([2, 800, 500]);
    // A piece with enough around it is one tile, and in the middle of it the whole is the same.
    const piece = picture(120, 120, Uint8ClampedArray.from(crop(source, 140, 60, 120)));
    const alone = await upscaler.upscale(piece);
    const [inWhole, inPiece] = [crop(large, 2 * 140 + 40, 2 * 60 + 40, 160), crop(alone, 40, 40, 160)];
    const most = inWhole.reduce((max, value, i) => Math.max(max, Math.abs(value - inPiece[i]!)), 0);
    expect(most).toBeLessThanOrEqual(1);
    expect(new Set(inWhole).size).toBeGreaterThan(20);
    await upscaler.release();
  });

  test("stops between two tiles when it is told to", async () => {
    const upscaler = await openUpscaler(at("srvgg"), CPU);
    let asked = 0;
    const check = async () => {
      if (++asked === 2) throw new Error("enough");
    };
    await expect(upscaler.upscale(waves(400, 250), { check })).rejects.toThrow("enough");
    expect(asked).toBe(2);
    await upscaler.release();
  });

  test("is refused by name where it is none", async () => {
    await expect(openUpscaler(at("other"), CPU)).rejects.toMatchObject({ code: "weights_unknown" });
  });
});
