import { Canvas } from "./canvas";
import {
  clamp,
  fbm,
  hex,
  mix,
  mixRgb,
  type Rgb,
  ramp,
  randomFrom,
  ridged,
  scaleRgb,
  smoothstep,
} from "./noise";
import type { SamplePicture } from "./picture";

const SUN = { x: 0.64, y: 0.43 };
const SKY = [
  [0, hex("#27407a")],
  [0.22, hex("#6a78ab")],
  [0.36, hex("#d8a2a6")],
  [0.45, hex("#ffcf94")],
  [0.56, hex("#ffe3b4")],
] as const;
const RIDGES = 7;
const FAR = hex("#d9a39f");
const MIDDLE = hex("#6b6791");
const NEAR = hex("#131c35");

function sky(x: number, y: number): Rgb {
  const d = Math.hypot(x - SUN.x, (y - SUN.y) * 1.15);
  let c = ramp(SKY, y + 0.03 * (fbm(x * 3, y * 3, 3, 1) - 0.5));
  const streaks = fbm(x * 3.2 + 0.6 * fbm(x * 4, y * 14, 3, 3), y * 17 - x * 1.5, 6, 11);
  const cloud = smoothstep(0.5, 0.72, streaks) * smoothstep(0.5, 0.2, Math.abs(y - 0.25));
  const lit = mixRgb(hex("#8d7fa8"), hex("#ffb78c"), smoothstep(0.02, 0.36, y) * clamp(1.2 - d));
  c = mixRgb(c, lit, cloud * 0.75);
  const glow = Math.exp(-d * d * 30) * 0.6 + Math.exp(-d * 5) * 0.25;
  c = mixRgb(c, hex("#ffe9b8"), clamp(glow));
  return mixRgb(c, hex("#fff6de"), smoothstep(0.052, 0.047, d));
}

/** Height of ridge `i` (0 far … 6 near) above which there is sky. */
function crest(x: number, i: number): number {
  const near = i / (RIDGES - 1);
  const base = 0.47 + 0.43 * near ** 1.25;
  const height = mix(0.1, 0.2, Math.sin(near * Math.PI)) * (i === RIDGES - 1 ? 0.8 : 1);
  const frequency = mix(2.6, 1.7, near);
  const peaks = ridged(x * frequency + i * 7.3, i * 3.1, 7, 20 + i);
  const side = i >= 4 ? 0.1 * smoothstep(0.1, 0.75, Math.abs(x - 0.58)) : 0;
  return base + 0.05 - height * peaks - side;
}

function land(x: number, y: number): Rgb | null {
  for (let i = RIDGES - 1; i >= 0; i--) {
    const top = crest(x, i);
    if (y < top) continue;
    const near = i / (RIDGES - 1);
    const depth = y - top;
    let c = near < 0.5 ? mixRgb(FAR, MIDDLE, near * 2) : mixRgb(MIDDLE, NEAR, near * 2 - 1);
    // Slopes: a rough surface lit from the sun's side, fading into the haze below.
    const f = mix(6, 4.5, near);
    const warp = 0.04 * fbm(x * 14, y * 14, 3, 50 + i);
    const relief = (u: number): number => ridged((u + warp) * f, (y * 0.8 + warp) * f + i * 5, 5, 40 + i);
    const lit = clamp((relief(x) - relief(x + (x < SUN.x ? 0.006 : -0.006))) * -6, -0.5, 0.6);
    c = scaleRgb(c, 1 + lit * mix(0.16, 0.3, near) * smoothstep(0.26, 0, depth));
    if (lit > 0) c = mixRgb(c, hex("#ffc48f"), lit * 0.3 * (1 - near));
    const warm = Math.exp(-Math.abs(x - SUN.x) * 5) * smoothstep(0.01, 0, depth) * (1 - near) ** 1.5;
    c = mixRgb(c, hex("#ffd6a0"), warm * 0.5);
    // Mist gathers in the valleys.
    const mist =
      smoothstep(0.01, 0.17, depth) * (1 - near) ** 0.5 * (0.75 + 0.5 * fbm(x * 5 + i, y * 16, 4, 60 + i));
    return mixRgb(c, mixRgb(hex("#f4c7ae"), hex("#b9a5bd"), near), clamp(mist * 0.9));
  }
  return null;
}

function pines(canvas: Canvas): void {
  const random = randomFrom(5);
  const trees = Array.from({ length: 190 }, () => ({ x: random(), grow: random(), back: random() }));
  trees.sort((a, b) => a.back - b.back);
  for (const { x, grow, back } of trees) {
    const side = smoothstep(0.08, 0.5, Math.abs(x - 0.56));
    const height = mix(0.022, 0.15, side ** 1.5) * (0.5 + 0.7 * grow) * mix(0.6, 1, back);
    const foot = crest(x, RIDGES - 1) + 0.012 + 0.05 * back;
    const colour = mixRgb(hex("#27304d"), hex("#0a1122"), back);
    canvas.stroke(
      [
        [x, foot],
        [x, foot - height],
      ],
      height * 0.04,
      height * 0.004,
      colour,
    );
    const tiers = 34;
    for (let k = 0; k < tiers; k++) {
      const t = k / tiers;
      const reach = height * 0.23 * (1 - t) ** 0.85 * (0.55 + 0.6 * random());
      const at = foot - height * (0.08 + 0.92 * t);
      for (const s of [-1, 1])
        canvas.stroke(
          [
            [x, at - height * 0.03],
            [x + s * reach * 0.6, at + height * 0.004],
            [x + s * reach, at + height * 0.03],
          ],
          height * 0.05 * (1 - t) ** 0.7,
          height * 0.004,
          colour,
        );
    }
  }
}

function birds(canvas: Canvas): void {
  const random = randomFrom(31);
  for (let n = 0; n < 9; n++) {
    const x = 0.3 + 0.045 * n + 0.02 * random();
    const y = 0.27 - 0.008 * (n % 5) * (n % 2 ? 1 : -1) - 0.04 * random();
    const wing = 0.008 + 0.007 * random();
    const tilt = (random() - 0.5) * 0.006;
    canvas.stroke(
      [
        [x - wing, y - wing * 0.5 + tilt],
        [x - wing * 0.4, y - wing * 0.45],
        [x, y],
      ],
      0.001,
      0.0028,
      hex("#2c2c4a"),
    );
    canvas.stroke(
      [
        [x + wing, y - wing * 0.5 - tilt],
        [x + wing * 0.4, y - wing * 0.45],
        [x, y],
      ],
      0.001,
      0.0028,
      hex("#2c2c4a"),
    );
  }
}

export const dawn: SamplePicture = {
  name: "dawn",
  alt: { en: "Mountain ridges in the mist, the sun just up", zh: "薄雾中的群山，朝阳初升" },
  draw(size) {
    const canvas = new Canvas(size);
    canvas.shade((x, y) => land(x, y) ?? sky(x, y), 2);
    birds(canvas);
    pines(canvas);
    return canvas.finish(0.025, 0.25);
  },
};
