import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawSkeletons } from "@/lib/engine/annotators/draw-skeleton";
import { openPoseKeypoints } from "@/lib/engine/annotators/pose-keypoints";
import { openDepthEstimator } from "@/lib/engine/pipelines/depth";
import { openPoseEstimator } from "@/lib/engine/pipelines/pose";
import { writeTinyAnnotator } from "../support/tiny-annotators";
import { writeTinyCheckpoint } from "../support/tiny-weights";
import { waves } from "../support/waves";

const CPU = { kind: "cpu" } as const;
const { whole } = JSON.parse(await readFile("tests/golden/vision-processors/golden.json", "utf8"));

let folder = "";
const at = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-hints-"));
  await writeTinyAnnotator(at("depth"), "depth");
  await writeTinyAnnotator(at("pose"), "pose");
  await writeTinyAnnotator(at("plus"), "pose", { config: { backbone_config: { num_experts: 6 } } });
});
afterAll(() => rm(folder, { recursive: true }));

describe("depth", () => {
  test("of a picture is the reference's, from a folder and from the file in it", async () => {
    const source = waves(whole.depth.width, whole.depth.height);
    const expected = Buffer.from(whole.depth.hint, "base64");
    for (const name of ["depth", "depth/model.safetensors"]) {
      const estimator = await openDepthEstimator(at(name), CPU);
      const hint = await estimator.hint(source);
      await estimator.release();
      const apart = expected.map((value, i) => Math.abs(value - hint.data[3 * i]!));
      expect([hint.width, hint.height]).toEqual([source.width, source.height]);
      expect(Math.max(...apart)).toBeLessThanOrEqual(1);
    }
  });

  test("needs its config.json, and a network of its kind", async () => {
    await writeTinyCheckpoint(at("lone.safetensors"), { "something.weight": [2, 2] });
    const opening = (name: string) => openDepthEstimator(at(name), CPU);
    await expect(opening("lone.safetensors")).rejects.toMatchObject({
      ...{ code: "weights_missing", details: { file: at("config.json") } },
    });
    await expect(opening("pose")).rejects.toMatchObject({
      ...{ code: "weights_unknown", details: { file: at("pose"), seen: "pose" } },
    });
  });
});

describe("a pose", () => {
  test("in a picture is the reference's, drawn as a skeleton", async () => {
    const source = waves(whole.pose.width, whole.pose.height);
    const estimator = await openPoseEstimator(at("pose"), CPU);
    const found = await estimator.keypoints(source);
    const hint = await estimator.hint(source);
    const right = await estimator.keypoints(source, { left: 25, top: 0, width: 25, height: 70 });
    await estimator.release();
    const rows: [number, number, number][] = whole.pose.keypoints;
    const expected = openPoseKeypoints(
      rows.map(([x, y, score]) => ({ x, y, score })),
      0.3,
    );
    expect(expected.filter(Boolean).length).toBeGreaterThan(10);
    const apart = expected.map((point, i) => {
      expect(found[i] === null).toBe(point === null);
      return point ? Math.hypot(found[i]!.x - point.x, found[i]!.y - point.y) : 0;
    });
    // One peak is nearly flat, and a step of Newton's method multiplies what the last digits of the map differ by.
    expect(Math.max(...apart)).toBeLessThanOrEqual(0.5);
    expect(apart.filter((pixels) => pixels > 1e-3).length).toBeLessThanOrEqual(1);
    expect(hint).toEqual(drawSkeletons(source.width, source.height, [found]));
    expect(right).not.toEqual(found);
  });

  test("is not told by ViTPose+, nor by a network of other keypoints", async () => {
    await expect(openPoseEstimator(at("plus"), CPU)).rejects.toMatchObject({
      ...{ code: "weights_unknown", details: { layer: "num_experts", got: "6" } },
    });
    await writeTinyAnnotator(at("hand"), "pose");
    const { shapes } = JSON.parse(await readFile("tests/golden/models/vitpose.json", "utf8")).cases[0];
    const hand = { ...shapes, "head.conv.weight": [21, 16, 3, 3], "head.conv.bias": [21] };
    await writeTinyCheckpoint(at("hand/model.safetensors"), hand);
    await expect(openPoseEstimator(at("hand"), CPU)).rejects.toMatchObject({
      ...{ code: "weights_unknown", details: { layer: "head.conv.weight", got: 21, expected: 17 } },
    });
  });

  test("cannot be read from a damaged config.json", async () => {
    await writeTinyAnnotator(at("damaged"), "pose");
    await writeFile(at("damaged/config.json"), "{");
    await expect(openPoseEstimator(at("damaged"), CPU)).rejects.toMatchObject({ code: "weights_damaged" });
  });
});
