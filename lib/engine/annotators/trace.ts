import { bilinear } from "./bilinear";
import { keepStrongGroups } from "./connected";
import type { EdgeField } from "./structure-tensor";

/** One pixel of a line: where its middle lies, which way it runs (a unit tangent), how strong it is there. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
  readonly tangentX: number;
  readonly tangentY: number;
  readonly strength: number;
}

export interface TraceOptions {
  /** Strength above which a pixel may continue a line. */
  readonly weak: number;
  /** Strength that a line must reach somewhere. */
  readonly strong: number;
  /** Lines that are shorter both across and down are specks. */
  readonly leastLengthPx: number;
}

/**
 * The middles of the ridges of `strength` across the field, to a fraction of a pixel.
 * @param strength float32 [height · width], ≥ 0.
 */
export function traceLines(strength: Float32Array, field: EdgeField, options: TraceOptions): LinePoint[] {
  const { width, height, normalX, normalY } = field;
  const middles = new Uint8Array(strength.length);
  const shift = new Float32Array(strength.length);
  // The outermost ring stays empty: a ridge needs a neighbour on both sides.
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const here = strength[at]!;
      if (here <= options.weak) continue;
      const before = bilinear(strength, width, height, x - normalX[at]!, y - normalY[at]!);
      const after = bilinear(strength, width, height, x + normalX[at]!, y + normalY[at]!);
      if (before > here || after >= here) continue;
      middles[at] = 1;
      // The top of the parabola through the three.
      shift[at] = (0.5 * (before - after)) / (before - 2 * here + after);
    }
  keepStrongGroups(middles, width, strength, options.strong, options.leastLengthPx);
  const points: LinePoint[] = [];
  for (let at = 0; at < middles.length; at++) {
    if (!middles[at]) continue;
    const [nx, ny] = [normalX[at]!, normalY[at]!];
    points.push({
      x: (at % width) + shift[at]! * nx,
      y: Math.floor(at / width) + shift[at]! * ny,
      tangentX: -ny,
      tangentY: nx,
      strength: strength[at]!,
    });
  }
  return points;
}
