import { thumbHashToRGBA } from "thumbhash";

/** A thumbhash's pixels, and how light they are in the mean. */
interface Shown {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
  readonly mean: number;
}

/** @param thumbhash base64. */
export function showThumbhash(thumbhash: string): Shown {
  const { w, h, rgba } = thumbHashToRGBA(Buffer.from(thumbhash, "base64"));
  let sum = 0;
  for (let i = 0; i < rgba.length; i += 4) sum += rgba[i]! + rgba[i + 1]! + rgba[i + 2]!;
  return { width: w, height: h, rgba, mean: Math.max(1, sum / (3 * w * h)) };
}

/**
 * How far two pictures are apart in colour, place by place, 0 to 255: the mean of the channel that differs most. One that is
 * lighter as a whole is first made as light as the other. Infinite for other shapes.
 */
export function thumbhashDistance(a: Shown, b: Shown): number {
  if (a.width !== b.width || a.height !== b.height) return Number.POSITIVE_INFINITY;
  const gain = a.mean / b.mean;
  let sum = 0;
  for (let i = 0; i < a.rgba.length; i += 4) {
    let most = 0;
    for (let c = i; c < i + 3; c++)
      most = Math.max(most, Math.abs(a.rgba[c]! - Math.min(255, b.rgba[c]! * gain)));
    sum += most;
  }
  return (sum * 4) / a.rgba.length;
}
