import type { Raster } from "@/lib/qr/raster";

/** A picture with what makes codes hard: a dark half, a bright sun, fine texture and soft gradients. */
export function drawnPicture(side: number): Raster {
  const data = new Uint8ClampedArray(side * side * 4);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const u = x / side;
      const v = y / side;
      const sun = Math.hypot(u - 0.7, v - 0.3) < 0.15;
      const ground = v > 0.62 + 0.06 * Math.sin(u * 9);
      const texture = 14 * Math.sin(x / 2.3) * Math.cos(y / 3.1);
      const sky = 120 + 110 * v;
      const i = (y * side + x) * 4;
      data[i] = sun ? 250 : ground ? 42 + texture : sky * 0.9;
      data[i + 1] = sun ? 226 : ground ? 66 + texture : sky * 0.8;
      data[i + 2] = sun ? 150 : ground ? 40 + texture : sky + 20;
      data[i + 3] = 255;
    }
  return { width: side, height: side, data };
}
