import type { Tensor } from "../tensor";
import type { Keypoint } from "./draw-skeleton";
import { smoothHeatmap } from "./heatmap";
import type { Box } from "./pose-box";

/** A keypoint that a network found. */
export interface FoundKeypoint {
  /** Pixels of the picture. */
  readonly x: number;
  readonly y: number;
  /** The heatmap's peak, about 0 to 1; not above 0 where there is nothing, and then x and y say nothing. */
  readonly score: number;
}

/** Bounds of what the logarithm is taken of. */
const [LEAST, MOST] = [0.001, 50];
const FLOAT32_EPS = 2 ** -23;

/**
 * Keypoints from heatmaps: the peak, moved by one step of Newton's method on the logarithm of the smoothed map.
 * @param heatmaps float32 [1, K, h, w]
 * @param box what the network looked at, from `widenBox`.
 * @returns K keypoints.
 * @source transformers models/vitpose/image_processing_vitpose.py post_process_pose_estimation · arXiv:1911.07524,
 *         arXiv:1910.06278 (DARK)
 */
export function keypointsOf({ shape, data }: Tensor, box: Box): FoundKeypoint[] {
  const [, count, height, width] = shape as [number, number, number, number];
  return Array.from({ length: count }, (_, k) => {
    const map = data.subarray(k * height * width, (k + 1) * height * width);
    const peak = map.reduce((best, value, i) => (value > map[best]! ? i : best), 0);
    const [dx, dy] = newtonStep(map, width, height, peak);
    return {
      x: (((peak % width) - dx) * box.width) / (width - 1) + box.left,
      y: ((Math.floor(peak / width) - dy) * box.height) / (height - 1) + box.top,
      score: map[peak]!,
    };
  });
}

/** The inverse of the second derivatives times the first, at a place of the map. */
function newtonStep(map: Float32Array, width: number, height: number, at: number): [number, number] {
  const smooth = smoothHeatmap(map, width, height);
  const [x0, y0] = [at % width, Math.floor(at / width)];
  const log = (dx: number, dy: number) => {
    const x = Math.min(width - 1, Math.max(0, x0 + dx));
    const y = Math.min(height - 1, Math.max(0, y0 + dy));
    return Math.log(Math.min(MOST, Math.max(LEAST, smooth[y * width + x]!)));
  };
  const centre = log(0, 0);
  const dx = 0.5 * (log(1, 0) - log(-1, 0));
  const dy = 0.5 * (log(0, 1) - log(0, -1));
  const dxx = log(1, 0) - 2 * centre + log(-1, 0) + FLOAT32_EPS;
  const dyy = log(0, 1) - 2 * centre + log(0, -1) + FLOAT32_EPS;
  const both = log(1, 1) - log(1, 0) - log(0, 1) + 2 * centre - log(-1, 0) - log(0, -1) + log(-1, -1);
  const dxy = 0.5 * both;
  const determinant = dxx * dyy - dxy * dxy;
  return [(dyy * dx - dxy * dy) / determinant, (dxx * dy - dxy * dx) / determinant];
}

/** COCO's 17 keypoints as OpenPose numbers them; its second, the neck, COCO does not have. */
const FROM_COCO = [0, null, 6, 8, 10, 5, 7, 9, 12, 14, 16, 11, 13, 15, 2, 1, 4, 3] as const;
const [LEFT_SHOULDER, RIGHT_SHOULDER] = [5, 6];

/**
 * OpenPose's 18 keypoints from COCO's 17; the neck is half-way between the shoulders.
 * @param threshold the score below which a keypoint counts as unseen.
 * @source https://github.com/IDEA-Research/DWPose (annotator/dwpose/wholebody.py)
 */
export function openPoseKeypoints(coco: readonly FoundKeypoint[], threshold: number): Keypoint[] {
  const seen = (i: number): Keypoint => {
    const { x, y, score } = coco[i]!;
    return score >= threshold ? { x, y } : null;
  };
  const [left, right] = [seen(LEFT_SHOULDER), seen(RIGHT_SHOULDER)];
  const neck = left && right && { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
  return FROM_COCO.map((i) => (i === null ? neck : seen(i)));
}
