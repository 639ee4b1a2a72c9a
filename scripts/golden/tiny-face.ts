/**
 * Makes models/detectors/tiny-face.safetensors and the numbers that its network is compared with, from the package
 * @vladmandic/face-api 1.7.15 (MIT), unpacked into a folder of its own (`npm pack @vladmandic/face-api@1.7.15`):
 * `npx tsx scripts/golden/tiny-face.ts FOLDER`
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type TensorToWrite, writeSafetensors } from "@/lib/engine/safetensors/write-safetensors";

const folder = path.resolve(process.argv[2] ?? "");
const SIDE = 416;
const MEAN = [117.001, 114.697, 97.404];

const manifest = path.join(folder, "model/tiny_face_detector_model-weights_manifest.json");
const [{ weights }] = JSON.parse(await readFile(manifest, "utf8"));
const bytes = await readFile(path.join(folder, "model/tiny_face_detector_model.bin"));

const keyOf = (name: string): string =>
  name
    .replace("/filters", ".weight")
    .replace("/depthwise_filter", ".depthwise.weight")
    .replace("/pointwise_filter", ".pointwise.weight")
    .replace(/^(conv[1-5])\/bias/, "$1.pointwise.bias")
    .replace("/bias", ".bias");

/** Bytes to numbers, and [rows, columns, in, out] to [out, in, rows, columns]. */
const tensors = new Map<string, TensorToWrite>();
let at = 0;
for (const { name, shape, quantization } of weights) {
  const count = shape.reduce((a: number, b: number) => a * b, 1);
  const { scale, min } = quantization;
  const values = Float32Array.from(bytes.subarray(at, at + count), (x) => x * scale + min);
  at += count;
  const key = keyOf(name);
  if (shape.length === 1) {
    tensors.set(key, { dtype: "F16", shape, data: values });
    continue;
  }
  const [rows, columns, a, b] = shape as [number, number, number, number];
  const isDepthwise = key.includes("depthwise");
  const [out, into] = isDepthwise ? [a, 1] : [b, a];
  const turned = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const [o, n] = [i % b, Math.floor(i / b) % a];
    const [column, row] = [Math.floor(i / (a * b)) % columns, Math.floor(i / (a * b * columns))];
    const [toOut, toIn] = isDepthwise ? [n, 0] : [o, n];
    turned[((toOut * into + toIn) * rows + row) * columns + column] = values[i]!;
  }
  tensors.set(key, { dtype: "F16", shape: [out, into, rows, columns], data: turned });
}
await writeSafetensors("models/detectors/tiny-face.safetensors", tensors, {
  source: "@vladmandic/face-api 1.7.15, tiny_face_detector_model",
  license: "MIT",
});

// The reference runs in browsers: this is as much of one as it asks for.
Object.assign(globalThis, {
  window: globalThis,
  document: { createElement: () => ({ getContext: () => null, style: {} }) },
});
const faceapi = await import(pathToFileURL(path.join(folder, "dist/face-api.esm.js")).href);
const { tf, nets } = faceapi;
await tf.setBackend("cpu");
await tf.ready();
nets.tinyFaceDetector.loadFromWeightMap(tf.io.decodeWeights(Uint8Array.from(bytes).buffer, weights));
const value = (i: number): number => (i * 7 + (i % 13) * (i % 17)) % 256;
const input = Float32Array.from({ length: SIDE * SIDE * 3 }, (_, i) => (value(i) - MEAN[i % 3]!) / 255);
const output = nets.tinyFaceDetector.runMobilenet(
  tf.tensor4d(input, [1, SIDE, SIDE, 3]),
  nets.tinyFaceDetector.params,
);
/** [13, 13, 25], channels last, every 17th. */
const numbers = Array.from((await output.data()) as Float32Array).filter((_, i) => i % 17 === 0);
const golden = {
  made: "face-api 1.7.15, tfjs on the CPU",
  every: 17,
  numbers: numbers.map((x) => Number(x.toFixed(4))),
};
await writeFile("tests/golden/models/tiny-face.json", `${JSON.stringify(golden)}\n`);
