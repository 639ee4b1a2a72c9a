import { createRandom } from "../random";

const cache = new Map<string, Float32Array>();

/**
 * Smooth value noise in [0, 1], row-major [size, size], made once per name.
 * @param cells grid cells along a side: few are blots, many are grain
 */
export function noise(name: string, size: number, cells: number): Float32Array {
  const key = `${name}/${size}/${cells}`;
  const known = cache.get(key);
  if (known) return known;
  const random = createRandom("noise", key);
  const n = cells + 1;
  const grid = Float32Array.from({ length: n * n }, () => random.next());
  const out = new Float32Array(size * size);
  for (let y = 0; y < size; y += 1) {
    const gy = (y / size) * cells;
    const [y0, fy] = [Math.floor(gy), gy % 1];
    const sy = fy * fy * (3 - 2 * fy);
    for (let x = 0; x < size; x += 1) {
      const gx = (x / size) * cells;
      const [x0, fx] = [Math.floor(gx), gx % 1];
      const sx = fx * fx * (3 - 2 * fx);
      const top = grid[y0 * n + x0]! * (1 - sx) + grid[y0 * n + x0 + 1]! * sx;
      const low = grid[(y0 + 1) * n + x0]! * (1 - sx) + grid[(y0 + 1) * n + x0 + 1]! * sx;
      out[y * size + x] = top * (1 - sy) + low * sy;
    }
  }
  cache.set(key, out);
  return out;
}
