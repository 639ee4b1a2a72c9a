import { EngineError } from "../engine-error";
import type { Picture } from "../picture";
import { keepStrongGroups } from "./connected";
import { greyOf, greyPicture } from "./luminance";

export interface CannyOptions {
  /** Gradient |dx| + |dy| (0…2040) above which a pixel may continue an edge. 100 unless told. */
  readonly low?: number;
  /** Gradient above which a pixel starts an edge. 200 unless told. */
  readonly high?: number;
  /**
   * `colour`, as ControlNet's own annotator: of the three channels the one that changes most, so that a border
   * between two colours of one brightness is found. `grey`: luma alone.
   */
  readonly channels?: "colour" | "grey";
}

/** Sobel derivatives and |dx| + |dy|, each with a frame of one zero pixel: rows of `stride` = width + 2. */
interface Gradient {
  readonly stride: number;
  readonly dx: Int16Array;
  readonly dy: Int16Array;
  readonly magnitude: Uint16Array;
}

/**
 * Canny's edges, one pixel wide, white on black.
 * @throws EngineError setting_invalid where a threshold is no number ≥ 0.
 * @source OpenCV `cv2.Canny(image, low, high)`, aperture 3, L1 norm · @golden tests/golden/annotators, equal bytes
 */
export function canny(source: Picture, options: CannyOptions = {}): Picture {
  const { low = 100, high = 200, channels = "colour" } = options;
  for (const threshold of [low, high])
    if (!(threshold >= 0))
      throw new EngineError("setting_invalid", `a Canny threshold cannot be ${threshold}`, { threshold });
  const { width, height } = source;
  const gradient =
    channels === "grey"
      ? sobel(greyOf(source), width, height, 1)
      : sobel(source.data, width, height, source.data.length / (width * height));
  const edges = ridges(gradient, width, height, Math.floor(Math.min(low, high)));
  keepStrongGroups(edges, gradient.stride, gradient.magnitude, Math.floor(Math.max(low, high)));
  const white = new Uint8ClampedArray(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (edges[(y + 1) * gradient.stride + x + 1]) white[y * width + x] = 255;
  return greyPicture(width, height, white);
}

/** 3×3 Sobel with replicated borders; of several channels the strongest, the first of equals. */
function sobel(samples: Uint8ClampedArray, width: number, height: number, channels: number): Gradient {
  const stride = width + 2;
  const size = stride * (height + 2);
  const dx = new Int16Array(size);
  const dy = new Int16Array(size);
  const magnitude = new Uint16Array(size);
  const row = width * channels;
  for (let y = 0; y < height; y++) {
    const above = Math.max(0, y - 1) * row;
    const here = y * row;
    const below = Math.min(height - 1, y + 1) * row;
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - 1) * channels;
      const mid = x * channels;
      const right = Math.min(width - 1, x + 1) * channels;
      const at = (y + 1) * stride + x + 1;
      for (let c = 0; c < channels; c++) {
        const a = samples[above + left + c]!;
        const b = samples[above + right + c]!;
        const d = samples[below + left + c]!;
        const e = samples[below + right + c]!;
        const gx = b - a + 2 * (samples[here + right + c]! - samples[here + left + c]!) + e - d;
        const gy = d - a + 2 * (samples[below + mid + c]! - samples[above + mid + c]!) + e - b;
        const strength = Math.abs(gx) + Math.abs(gy);
        if (c > 0 && strength <= magnitude[at]!) continue;
        dx[at] = gx;
        dy[at] = gy;
        magnitude[at] = strength;
      }
    }
  }
  return { stride, dx, dy, magnitude };
}

/** tan 22.5° in 15-bit fixed point. */
const TAN_22 = 13573;

/** Non-maximum suppression: 1 where the gradient above `low` is greatest across its edge, in four directions. */
function ridges({ stride, dx, dy, magnitude }: Gradient, width: number, height: number, low: number) {
  const edges = new Uint8Array(magnitude.length);
  for (let y = 1; y <= height; y++)
    for (let x = 1, at = y * stride + 1; x <= width; x++, at++) {
      const strength = magnitude[at]!;
      if (strength <= low) continue;
      const gx = dx[at]!;
      const gy = dy[at]!;
      const steep = Math.abs(gy) << 15;
      const flat = Math.abs(gx) * TAN_22;
      // tan 67.5° = tan 22.5° + 2. Of two equal neighbours the first wins, on diagonals neither.
      let before: number;
      let after: number;
      let ties = true;
      if (steep < flat) [before, after] = [at - 1, at + 1];
      else if (steep > flat + (Math.abs(gx) << 16)) [before, after] = [at - stride, at + stride];
      else {
        const lean = (gx ^ gy) < 0 ? -1 : 1;
        [before, after] = [at - stride - lean, at + stride + lean];
        ties = false;
      }
      const behind = magnitude[after]!;
      if (strength > magnitude[before]! && (strength > behind || (ties && strength === behind)))
        edges[at] = 1;
    }
  return edges;
}
