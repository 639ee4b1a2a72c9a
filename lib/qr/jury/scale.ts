import type { Gray } from "../raster";

/** Area mean over `factor` × `factor` blocks: the picture from `factor` times as far away. */
export function shrink({ data, width, height }: Gray, factor: number): Gray {
  const columns = Math.floor(width / factor);
  const rows = Math.floor(height / factor);
  const out = new Uint8ClampedArray(columns * rows);
  const area = factor * factor;
  for (let y = 0, i = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let sum = area / 2;
      for (let dy = 0; dy < factor; dy++) {
        const start = (y * factor + dy) * width + x * factor;
        for (let dx = 0; dx < factor; dx++) sum += data[start + dx]!;
      }
      out[i++] = Math.floor(sum / area);
    }
  }
  return { width: columns, height: rows, data: out };
}

/**
 * A lens out of focus: `passes` times the kernel 1 4 6 4 1 in both directions, border pixels repeated. Its
 * variance is exactly 1, so this is a Gaussian of σ = √passes pixels.
 */
export function blur({ data, width, height }: Gray, passes: number): Gray {
  const from = Float32Array.from(data);
  const to = new Float32Array(data.length);
  for (let pass = 0; pass < passes; pass++) {
    for (let y = 0; y < height; y++) blurRow(from, to, y * width, width);
    for (let y = 0; y < height; y++) blurColumns(to, from, y, width, height);
  }
  return { width, height, data: new Uint8ClampedArray(from) };
}

function blurRow(from: Float32Array, to: Float32Array, start: number, width: number): void {
  const end = start + width - 1;
  let a = from[start]!;
  let b = a;
  let c = a;
  let d = from[Math.min(start + 1, end)]!;
  for (let i = start; i <= end; i++) {
    const e = from[Math.min(i + 2, end)]!;
    to[i] = (a + e + 4 * (b + d) + 6 * c) * 0.0625;
    a = b;
    b = c;
    c = d;
    d = e;
  }
}

function blurColumns(from: Float32Array, to: Float32Array, y: number, width: number, height: number): void {
  const row = (at: number) => Math.max(0, Math.min(at, height - 1)) * width;
  const [a, b, c, d, e] = [row(y - 2), row(y - 1), row(y), row(y + 1), row(y + 2)];
  for (let x = 0; x < width; x++) {
    to[c + x] = (from[a + x]! + from[e + x]! + 4 * (from[b + x]! + from[d + x]!) + 6 * from[c + x]!) * 0.0625;
  }
}
