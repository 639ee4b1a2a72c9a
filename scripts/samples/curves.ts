import type { Point } from "./canvas";
import { mix } from "./noise";

/** Catmull–Rom spline through `points`, sampled evenly in its parameter: `count` points. */
export function spline(points: readonly Point[], count: number): Point[] {
  return Array.from({ length: count }, (_, n) => {
    const at = (n / (count - 1)) * (points.length - 1);
    const k = Math.min(Math.floor(at), points.length - 2);
    const t = at - k;
    const [a, b, c, d] = [
      points[Math.max(k - 1, 0)]!,
      points[k]!,
      points[k + 1]!,
      points[Math.min(k + 2, points.length - 1)]!,
    ];
    const along = (i: 0 | 1): number =>
      0.5 *
      (2 * b[i] +
        (c[i] - a[i]) * t +
        (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t * t +
        (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t ** 3);
    return [along(0), along(1)];
  });
}

/** The line between two lines of equally many points. */
export const between = (a: readonly Point[], b: readonly Point[], t: number): Point[] =>
  a.map((p, n) => [mix(p[0], b[n]![0], t), mix(p[1], b[n]![1], t)]);

/** SVG path data of a polyline in 0 … 1, in user units 0 … 1000. */
export const pathOf = (points: readonly Point[]): string =>
  points
    .map(([x, y], n) => `${n === 0 ? "M" : "L"}${(x * 1000).toFixed(1)} ${(y * 1000).toFixed(1)}`)
    .join("");
