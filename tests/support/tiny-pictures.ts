import { type Picture, picture } from "@/lib/engine/picture";
import { tinyValues } from "./tiny-weights";

/** `smooth` of tests/golden/tiny_pipelines.py: 4 × 4 colours told by a name, interpolated with corners aligned. */
export function smoothPicture(name: string, size: number): Picture {
  const coarse = tinyValues(`input.${name}`, [3 * 4 * 4]);
  const data = new Uint8ClampedArray(size * size * 3);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      for (let c = 0; c < 3; c++) {
        const [v, u] = [(y * 3) / (size - 1), (x * 3) / (size - 1)];
        const [top, left] = [Math.min(Math.floor(v), 2), Math.min(Math.floor(u), 2)];
        const pick = (dy: number, dx: number) => 10 * coarse[(c * 4 + top + dy) * 4 + left + dx]!;
        const row = (dy: number) => pick(dy, 0) * (1 - (u - left)) + pick(dy, 1) * (u - left);
        const value = row(0) * (1 - (v - top)) + row(1) * (v - top);
        data[(y * size + x) * 3 + c] = Math.round(value * 127.5 + 127.5);
      }
  return picture(size, size, data);
}

/** `mask` there: a white box on black. */
export function boxMask(size: number): Picture {
  const data = new Uint8ClampedArray(size * size * 3);
  for (let y = 16; y < 48; y++) data.fill(255, (y * size + 8) * 3, (y * size + 40) * 3);
  return picture(size, size, data);
}

/** Peak signal to noise ratio in dB, of bytes. */
export function psnr(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} bytes beside ${b.length}`);
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += (a[i]! - b[i]!) ** 2;
  return 10 * Math.log10(255 ** 2 / (squares / a.length));
}
