import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clipPicture } from "@/lib/engine/annotators/clip-picture";
import { depthPicture, depthSize } from "@/lib/engine/annotators/depth-picture";
import { drawSkeletons, type Keypoint } from "@/lib/engine/annotators/draw-skeleton";
import { normalizedPicture } from "@/lib/engine/annotators/network-picture";
import { cutBox, widenBox } from "@/lib/engine/annotators/pose-box";
import { type FoundKeypoint, keypointsOf, openPoseKeypoints } from "@/lib/engine/annotators/pose-keypoints";
import { resampleAntialiased } from "@/lib/engine/annotators/resample-antialiased";
import { type Picture, picture } from "@/lib/engine/picture";
import { tensor } from "@/lib/engine/tensor";
import { waves } from "../support/waves";

const read = (name: string) =>
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, `../golden/${name}/golden.json`), "utf8"));

interface ClipCase {
  width: number;
  height: number;
  shortestEdge: number;
  crop: number;
  pixels: string;
}
interface DepthCase {
  width: number;
  height: number;
  size: [number, number];
  pixels: string;
  hint: string;
}
interface PoseCase {
  width: number;
  height: number;
  box: [number, number, number, number];
  pixels: string;
  keypoints: [number, number, number][];
}
interface SkeletonCase {
  name: string;
  width: number;
  height: number;
  keypoints: ([number, number] | null)[];
  runs: number[];
}
const processors: {
  peaks: [number, number][];
  clip: ClipCase[];
  depth: DepthCase[];
  pose: PoseCase[];
} = read("vision-processors");
const skeletons: { cases: SkeletonCase[] } = read("skeleton");

const mostApart = (got: ArrayLike<number>, base64: string): number => {
  const expected = Buffer.from(base64, "base64");
  expect(got).toHaveLength(expected.length);
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - got[i]!)), 0);
};

test.each(processors.clip)("CLIP's processor on $width × $height chooses the same pixels", (golden) => {
  const framed = clipPicture(waves(golden.width, golden.height), golden);
  expect([framed.width, framed.height]).toEqual([golden.crop, golden.crop]);
  expect(mostApart(framed.data, golden.pixels)).toBeLessThanOrEqual(1);
});

describe.each(processors.depth)("Depth Anything's processor on $width × $height", (golden) => {
  const source = waves(golden.width, golden.height);
  test("chooses the size that the reference does, and the same pixels", () => {
    const { width, height } = depthSize(source, { target: 56, multiple: 14 });
    expect([width, height]).toEqual(golden.size);
    expect(mostApart(resampleAntialiased(source, width, height).data, golden.pixels)).toBeLessThanOrEqual(1);
  });

  test("makes the same hint of what the network answers, the other way round of metres", () => {
    const depth = tensor(
      [1, 1, 5, 7],
      Array.from({ length: 35 }, (_, i) => Math.sin(i)),
    );
    const hint = depthPicture(depth, { ...source, metric: false });
    const grey = hint.data.filter((_, i) => i % 3 === 0);
    expect(mostApart(grey, golden.hint)).toBeLessThanOrEqual(1);
    const far = depthPicture(depth, { ...source, metric: true });
    expect(
      Math.max(...far.data.map((value, i) => Math.abs(255 - value - hint.data[i]!))),
    ).toBeLessThanOrEqual(1);
  });
});

test("where all is equally far, the hint is black", () => {
  const flat = tensor([1, 1, 2, 2], [3, 3, 3, 3]);
  for (const metric of [false, true])
    expect(depthPicture(flat, { width: 4, height: 4, metric })).toEqual(picture(4, 4));
});

test("a picture is normalised channel by channel", () => {
  const grey = picture(1, 1, Uint8ClampedArray.of(255, 0, 51));
  const { data } = normalizedPicture(grey, { mean: [0.5, 0.25, 0], std: [0.5, 0.5, 0.1] });
  expect([...data].map((value) => Math.round(value * 1e5) / 1e5)).toEqual([1, -0.5, 2]);
});

describe.each(processors.pose)("ViTPose's processor in the box $box", ({ width, height, ...golden }) => {
  const [left, top, wide, high] = golden.box;
  const box = widenBox({ left, top, width: wide, height: high }, 24 / 32);

  test("cuts out the same pixels", () => {
    const cut = cutBox(waves(width, height), box, 24, 32);
    expect(mostApart(cut.data, golden.pixels)).toBeLessThanOrEqual(1);
  });

  test("finds the same keypoints, and none where there is nothing", () => {
    const maps = processors.peaks.flatMap(([px, py]) =>
      Array.from({ length: 16 * 12 }, (_, i) =>
        Math.exp(-(((i % 12) - px) ** 2 + (Math.floor(i / 12) - py) ** 2) / 4),
      ),
    );
    const heatmaps = tensor([1, 7, 16, 12], [...maps, ...new Array<number>(16 * 12).fill(-1)]);
    const found = keypointsOf(heatmaps, box);
    expect(found).toHaveLength(7);
    golden.keypoints.slice(0, -1).forEach(([x, y, score], i) => {
      expect(Math.abs(found[i]!.x - x)).toBeLessThanOrEqual(2e-3);
      expect(Math.abs(found[i]!.y - y)).toBeLessThanOrEqual(2e-3);
      expect(found[i]!.score).toBeCloseTo(score, 6);
    });
    expect(found[6]!.score).toBe(-1);
  });
});

describe("OpenPose's keypoints", () => {
  const coco = (score = (_: number) => 1): FoundKeypoint[] =>
    Array.from({ length: 17 }, (_, i) => ({ x: i, y: 100 + 3 * i, score: score(i) }));

  test("are COCO's in another order, with a neck between the shoulders", () => {
    const points = openPoseKeypoints(coco(), 0.3);
    const order = [0, 5.5, 6, 8, 10, 5, 7, 9, 12, 14, 16, 11, 13, 15, 2, 1, 4, 3];
    expect(points).toEqual(order.map((i) => ({ x: i, y: 100 + 3 * i })));
  });

  test("are none where COCO's were not seen, and the neck where one shoulder was not", () => {
    const points = openPoseKeypoints(
      coco((i) => (i === 5 || i === 0 ? 0.29 : 0.3)),
      0.3,
    );
    expect([points[0], points[1], points[5]]).toEqual([null, null, null]);
    expect(points.filter((point) => point === null)).toHaveLength(3);
  });
});

describe("a skeleton", () => {
  const colours = ({ data }: Picture): number[] =>
    Array.from(
      { length: data.length / 3 },
      (_, i) => (data[3 * i]! << 16) | (data[3 * i + 1]! << 8) | data[3 * i + 2]!,
    );

  test.each(skeletons.cases)("$name has the annotator's pixels", ({ width, height, keypoints, runs }) => {
    const points = keypoints.map((point): Keypoint => point && { x: point[0], y: point[1] });
    const got = colours(drawSkeletons(width, height, [points]));
    const expected: number[] = [];
    for (let i = 0; i < runs.length; i += 2) expected.push(...new Array<number>(runs[i + 1]!).fill(runs[i]!));
    const wrong = got.filter((colour, i) => colour !== expected[i]).length;
    expect(got).toHaveLength(expected.length);
    expect(wrong).toBe(0);
  });

  test("is drawn within the canvas wherever its keypoints are, each person over the one before", () => {
    const place = fc.double({ min: -500, max: 500, noNaN: true });
    const person = fc.array(fc.option(fc.record({ x: place, y: place })), { minLength: 18, maxLength: 18 });
    fc.assert(
      fc.property(fc.array(person, { maxLength: 2 }), (people) => {
        const drawn = drawSkeletons(37, 23, people);
        expect(drawn.data).toHaveLength(37 * 23 * 3);
        expect(people.length > 0 || drawn.data.every((value) => value === 0)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
