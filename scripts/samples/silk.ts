import { Canvas } from "./canvas";
import { clamp, fbm, hex, mixRgb, type Rgb, ramp, smoothstep } from "./noise";
import type { SamplePicture } from "./picture";

const HUES = [
  [0, hex("#2b1a6b")],
  [0.22, hex("#5a35c9")],
  [0.42, hex("#e0479e")],
  [0.6, hex("#ff8f6b")],
  [0.78, hex("#ffd08a")],
  [1, hex("#fff3dc")],
] as const;

/** A long fold of cloth: height of the surface at a place. */
function height(x: number, y: number): number {
  const wx = x + 0.16 * Math.sin(2.6 * y + 1.2) + 0.12 * (fbm(x * 1.1, y * 1.1, 2, 3) - 0.5);
  const wy = y + 0.2 * Math.sin(2.1 * x + 0.4) + 0.12 * (fbm(x * 1.2, y * 1.2, 2, 8) - 0.5);
  const u = wx * 0.75 + wy * 0.95;
  const v = wx * 0.9 - wy * 0.6;
  return (
    0.5 * Math.sin(u * 7.2 + 1.7 * Math.sin(v * 2.3)) +
    0.26 * Math.sin(u * 15 + 2.4 * Math.sin(v * 3.1 + 1)) * smoothstep(-0.6, 0.8, Math.sin(v * 3 + u * 2)) +
    0.06 * Math.sin(u * 34 + 3 * Math.sin(v * 4))
  );
}

function cloth(x: number, y: number): Rgb {
  const e = 0.0015;
  const h = height(x, y);
  const nx = -(height(x + e, y) - h) / e / 9;
  const ny = -(height(x, y + e) - h) / e / 9;
  const length = Math.hypot(nx, ny, 1);
  const diffuse = (nx * -0.45 + ny * -0.62 + 0.64) / length;
  const half = clamp((nx * -0.24 + ny * -0.33 + 0.91) / length);
  const sheen = half ** 60 * 0.3 + half ** 14 * 0.1;
  const tone = clamp(0.42 + 0.2 * h + 0.36 * (x - y) * 0.75 + 0.42 * (diffuse - 0.5));
  let c = ramp(HUES, tone);
  const fresnel = (1 - 1 / length) ** 1.5;
  c = mixRgb(c, hex("#39c6ff"), clamp(fresnel * 0.85 * smoothstep(0.3, -0.5, h)));
  c = mixRgb(c, hex("#1b0f4d"), smoothstep(-0.05, -0.85, h) * 0.45);
  return [c[0] + sheen, c[1] + sheen * 0.92, c[2] + sheen * 0.95];
}

export const silk: SamplePicture = {
  name: "silk",
  alt: { en: "Folds of shimmering silk from violet to gold", zh: "由紫到金的流光丝绸" },
  draw(size) {
    const canvas = new Canvas(size);
    canvas.shade(cloth, 2);
    return canvas.finish(0.015, 0.12);
  },
};
