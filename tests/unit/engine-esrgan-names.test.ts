import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { esrganKeyMap, readEsrganLayout } from "@/lib/engine/layouts/esrgan-keys";
import { recognise } from "@/lib/engine/layouts/recognise";
import { picture } from "@/lib/engine/picture";
import { openUpscaler } from "@/lib/engine/pipelines/upscale";
import { writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";
import { fakeSafetensors } from "../support/fake-safetensors";
import { tinyValues } from "../support/tiny-weights";

type Shapes = Record<string, number[]>;
const golden = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../golden/models/rrdbnet.json"), "utf8"),
);
/** RRDBNet ×4 in BasicSR's names: 8 features, 2 blocks, 2 doublings. */
const RRDBNET: Shapes = golden.cases[0].shapes;

/** The same network with fewer or more doublings. */
const withUpConvs = (count: number): Shapes => ({
  ...Object.fromEntries(Object.entries(RRDBNET).filter(([key]) => !key.startsWith("conv_up"))),
  ...Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      [`conv_up${i + 1}.weight`, [8, 8, 3, 3]],
      [`conv_up${i + 1}.bias`, [8]],
    ]).flat() as [string, number[]][],
  ),
});

const rename = (shapes: Shapes, upConvs: number): Shapes => {
  const map = esrganKeyMap({ blocks: 2, upConvs });
  return Object.fromEntries(Object.entries(shapes).map(([key, shape]) => [map.toLdm(key)!, shape]));
};

let folder = "";
const at = (name: string) => path.join(folder, `${name}.safetensors`);
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "mosaiq-esrgan-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Values are told by BasicSR's names, whatever the file calls them. */
const write = (name: string, shapes: Shapes, nameOf: (key: string) => string = (key) => key) =>
  writeSafetensors(
    at(name),
    new Map(
      Object.entries(shapes).map(([key, shape]) => [
        nameOf(key),
        { dtype: "F32", shape, data: () => tinyValues(key, shape) } as const,
      ]),
    ),
  );

describe("the original ESRGAN's names", () => {
  test("are those of its published models", () => {
    const names = Object.keys(rename(RRDBNET, 2)).filter((key) => key.endsWith(".weight"));
    expect(names).toEqual(
      expect.arrayContaining([
        ...["model.0.weight", "model.1.sub.0.RDB1.conv1.0.weight", "model.1.sub.1.RDB3.conv5.0.weight"],
        ...["model.1.sub.2.weight", "model.3.weight", "model.6.weight", "model.8.weight", "model.10.weight"],
      ]),
    );
    expect(Object.keys(rename(withUpConvs(1), 1))).toEqual(
      expect.arrayContaining(["model.3.weight", "model.5.weight", "model.7.weight"]),
    );
  });

  test.each([0, 1, 2, 3])("with %i doublings lead there and back", (upConvs) => {
    const shapes = withUpConvs(upConvs);
    const old = rename(shapes, upConvs);
    expect(Object.keys(old)).toHaveLength(Object.keys(shapes).length);
    const file = fakeSafetensors(old);
    expect(readEsrganLayout(file.tensors)).toEqual({ blocks: 2, upConvs });
    expect(recognise(file)).toMatchObject({
      ...{ kind: "upscaler", naming: "esrgan" },
      facts: { network: "RRDBNet", scale: 2 ** upConvs, features: 8, growth: 4, blocks: 2 },
    });
    const map = esrganKeyMap({ blocks: 2, upConvs });
    expect(Object.keys(old).map((key) => map.toDiffusers(key))).toEqual(Object.keys(shapes));
    expect(map.toDiffusers("model.1.weight")).toBeNull();
  });

  test.each([1, 2])("draw what the same weights draw in BasicSR's, ×%i doublings", async (upConvs) => {
    const map = esrganKeyMap({ blocks: 2, upConvs });
    await write("new", withUpConvs(upConvs));
    await write("old", withUpConvs(upConvs), (key) => map.toLdm(key)!);
    const source = picture(
      9,
      7,
      Uint8ClampedArray.from({ length: 9 * 7 * 3 }, (_, i) => (i * 37) % 256),
    );
    const drawn = [];
    for (const name of ["new", "old"]) {
      const upscaler = await openUpscaler(at(name), { kind: "cpu" });
      drawn.push(await upscaler.upscale(source));
      await upscaler.release();
    }
    expect(drawn[0]!.width).toBe(9 * 2 ** upConvs);
    expect(new Set(drawn[0]!.data).size).toBeGreaterThan(20);
    expect(drawn[1]).toEqual(drawn[0]);
  });

  test("with a layer of their own are refused by its name", async () => {
    const map = esrganKeyMap({ blocks: 2, upConvs: 2 });
    const plus = { ...RRDBNET, "model.1.sub.0.RDB1.conv1x1.weight": [4, 8, 1, 1] };
    await write("plus", plus, (key) => map.toLdm(key) ?? key);
    await expect(openUpscaler(at("plus"), { kind: "cpu" })).rejects.toMatchObject({
      ...{ code: "weights_unknown", details: { layer: "model.1.sub.0.RDB1.conv1x1.weight" } },
    });
  });
});

test("progress is told after every tile, up to as many as there are", async () => {
  await write("new", withUpConvs(1));
  const upscaler = await openUpscaler(at("new"), { kind: "cpu" });
  const told: [number, number][] = [];
  await upscaler.upscale(picture(300, 20), { onTile: (done, of) => told.push([done, of]) });
  expect(told).toEqual([
    [1, 2],
    [2, 2],
  ]);
  await upscaler.release();
});
