import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tinyFaceDetector } from "@/lib/engine/models/tiny-face-detector";
import { type FaceDetector, openFaceDetector } from "@/lib/engine/pipelines/detect-faces";
import { emitNetwork } from "@/lib/engine/pipelines/emit-network";
import { openSession } from "@/lib/engine/runtime/session";
import { openSafetensors } from "@/lib/engine/safetensors/open-safetensors";
import { tensor } from "@/lib/engine/tensor";
import { decodeRgb } from "@/lib/pictures/decode-rgb";

const MODEL = "models/detectors/tiny-face.safetensors";
const SIDE = 416;
let detector: FaceDetector;
beforeAll(async () => {
  detector = await openFaceDetector(MODEL, { kind: "cpu" });
});
afterAll(() => detector.release());

const sample = async (name: string) => decodeRgb(await readFile(`public/samples/${name}.webp`));

test("the network says what the reference says, up to half precision", async () => {
  const { tensors: weights } = await openSafetensors(MODEL);
  const model = emitNetwork({ weights }, { kind: "cpu" }, (s) => {
    const x = s.graph.input("x", "float32", [1, 3, SIDE, SIDE]);
    s.graph.output("y", tinyFaceDetector(s, x), "float32", [1, 25, 13, 13]);
  });
  const session = await openSession(model, { kind: "cpu" });
  const mean = [117.001, 114.697, 97.404];
  const pixels = SIDE * SIDE;
  const data = new Float32Array(3 * pixels);
  for (let i = 0; i < 3 * pixels; i++) {
    const value = (i * 7 + (i % 13) * (i % 17)) % 256;
    data[(i % 3) * pixels + Math.floor(i / 3)] = (value - mean[i % 3]!) / 255;
  }
  const { y } = await session.run({ x: tensor([1, 3, SIDE, SIDE], data) });
  await session.release();
  const { every, numbers } = JSON.parse(await readFile("tests/golden/models/tiny-face.json", "utf8"));
  const cells = 13 * 13;
  const got = numbers.map((_: number, k: number) => {
    const i = k * every;
    return y!.data[(i % 25) * cells + Math.floor(i / 25)]!;
  });
  for (const [k, expected] of numbers.entries())
    expect(Math.abs(got[k] - expected), `number ${k}`).toBeLessThan(0.03 + 0.01 * Math.abs(expected));
});

test("finds the face of a portrait where it is, and none in a landscape or a cat", async () => {
  const [face, ...more] = await detector.detect(await sample("portrait"));
  expect(more).toEqual([]);
  expect(face!.x + face!.width / 2).toBeCloseTo(0.48, 1);
  expect(face!.y + face!.height / 2).toBeCloseTo(0.5, 1);
  expect(face!.width).toBeGreaterThan(0.25);
  for (const name of ["dawn", "cat"]) expect(await detector.detect(await sample(name))).toEqual([]);
});

test("a file of another kind is refused", async () => {
  const other = "models/seedling/upscalers/seedling-x4.safetensors";
  await expect(openFaceDetector(other, { kind: "cpu" })).rejects.toMatchObject({ code: "weights_unknown" });
});
