import { EngineError } from "../engine-error";
import { assertShape, type Tensor, tensor } from "../tensor";
import type { NoiseSource } from "./noise-source";

/** Mean cosine above which two noises count as one: their angle is too small to divide by its sine. */
const SAME = 0.9995;

/**
 * A variation seed: the first noise drawn, the one a picture starts from, lies on the way from `base` (strength 0)
 * to `variation` (strength 1); all later noise is `base`'s.
 * @param strength in [0, 1].
 * @throws EngineError setting_invalid for a strength outside it.
 * @source A1111 modules/rng.py, ImageRNG.first
 */
export function variationNoise(base: NoiseSource, variation: NoiseSource, strength: number): NoiseSource {
  if (!(strength >= 0 && strength <= 1))
    throw new EngineError("setting_invalid", `A variation strength of ${strength} is not between 0 and 1`, {
      setting: "variation strength",
      got: strength,
    });
  let first = strength > 0;
  return {
    randn(shape): Tensor {
      const noise = base.randn(shape);
      if (!first) return noise;
      first = false;
      return slerp(strength, noise, variation.randn(shape));
    },
  };
}

/**
 * Spherical interpolation of two noises [..., H, W]. The angle is taken between columns, over H, and not between the
 * whole noises: this is how A1111 does it, and its seeds mean this picture.
 * @source A1111 modules/rng.py, slerp · @golden tests/golden/noise, max |Δ| ≤ 1e-6
 */
export function slerp(weight: number, low: Tensor, high: Tensor): Tensor {
  assertShape("The variation's noise", high.shape, low.shape);
  const [rows, columns] = low.shape.slice(-2) as [number, number];
  const omegas = columnAngles(low.data, high.data, rows, columns);
  const meanCosine = omegas.reduce((sum, omega) => sum + Math.cos(omega), 0) / omegas.length;
  const data = low.data.map((from, i) => {
    const to = high.data[i]!;
    if (meanCosine > SAME) return from + weight * (to - from);
    const omega = omegas[Math.floor(i / (rows * columns)) * columns + (i % columns)]!;
    return (Math.sin((1 - weight) * omega) * from + Math.sin(weight * omega) * to) / Math.sin(omega);
  });
  return tensor(low.shape, data);
}

/** The angle in radians between the two noises' columns, one for each plane and column. */
function columnAngles(low: Float32Array, high: Float32Array, rows: number, columns: number): Float64Array {
  const angles = new Float64Array(low.length / rows);
  for (let column = 0; column < angles.length; column++) {
    const start = Math.floor(column / columns) * rows * columns + (column % columns);
    let [dot, lows, highs] = [0, 0, 0];
    for (let at = start, row = 0; row < rows; row++, at += columns) {
      dot += low[at]! * high[at]!;
      lows += low[at]! ** 2;
      highs += high[at]! ** 2;
    }
    angles[column] = Math.acos(Math.min(1, Math.max(-1, dot / Math.sqrt(lows * highs))));
  }
  return angles;
}
