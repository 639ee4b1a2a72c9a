import { Canvas } from "./canvas";
import {
  clamp,
  fbm,
  hash,
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

const WATER = 0.74;
const SKY = [
  [0, hex("#050a1f")],
  [0.35, hex("#0a1a3a")],
  [0.7, hex("#12365a")],
  [0.76, hex("#1f5468")],
] as const;

/** Star light at a place: one star in a few cells, most of them faint. */
function stars(x: number, y: number): number {
  let light = 0;
  for (const [cells, seed] of [
    [60, 1],
    [140, 2],
    [260, 3],
  ] as const) {
    const ix = Math.floor(x * cells);
    const iy = Math.floor(y * cells);
    const chance = hash(ix, iy, seed);
    if (chance < 0.72) continue;
    const dx = x * cells - ix - 0.2 - 0.6 * hash(ix, iy, seed + 10);
    const dy = y * cells - iy - 0.2 - 0.6 * hash(ix, iy, seed + 20);
    const power = ((chance - 0.72) / 0.28) ** 6;
    light +=
      Math.exp(-(dx * dx + dy * dy) * mix(160, 30, power) * (60 / cells) ** 0.4) * (0.25 + power * 1.2);
  }
  return light;
}

/** One curtain: bright along its wavering foot, rays rising from it and fading. */
function curtain(x: number, y: number, n: number): number {
  const foot =
    0.44 -
    0.1 * n +
    (0.15 - 0.04 * n) * Math.sin(x * (3.1 + n) + n * 2.1 + 0.4) +
    0.1 * (fbm(x * 3, n * 9, 4, 70 + n) - 0.5);
  const above = foot - y;
  const folds = fbm(x * 22 + 1.5 * Math.sin(x * 7 + n), n * 5 + y * 0.6, 4, 80 + n);
  const rays = 0.35 + 1.3 * smoothstep(0.3, 0.75, folds);
  const reach = mix(0.16, 0.34, fbm(x * 5, n, 3, 90 + n));
  const rise = above > 0 ? Math.exp(-above / reach / 0.45) : Math.exp(above / (0.015 + 0.03 * n));
  return rise * rays * (0.4 + 0.9 * fbm(x * 2.3, n * 3, 2, 95 + n));
}

function sky(x: number, y: number): Rgb {
  let c = ramp(SKY, y);
  const band = Math.exp(-(((x - 0.75) * 0.86 + (y - 0.3) * 0.5) ** 2) * 28);
  const dust = fbm(x * 7, y * 7, 6, 5);
  c = mixRgb(c, hex("#6d78b4"), clamp(band * (dust - 0.25) * 0.75));
  let sum = 0;
  for (let n = 0; n < 3; n++) {
    const light = curtain(x, y, n) * [0.95, 0.42, 0.4][n]!;
    sum += light;
    const tint = mixRgb(
      hex("#3dffa8"),
      hex("#8a5cff"),
      smoothstep(0.02, 0.33, 0.46 - 0.09 * n - y + 0.08 * Math.sin(x * 4)),
    );
    c = [c[0] + tint[0] * light * 0.6, c[1] + tint[1] * light * 0.62, c[2] + tint[2] * light * 0.6];
  }
  const s = stars(x, y) * (1 - clamp(sum * 0.6)) * smoothstep(0.75, 0.5, y);
  return [c[0] + s, c[1] + s, c[2] + s * 1.1];
}

const hill = (x: number, n: number): number =>
  WATER -
  0.015 -
  (n === 0 ? 0.17 : 0.07) *
    ridged(x * (n === 0 ? 2.4 : 3.3) + n * 4 + 0.3, n, 6, 33 + n) *
    (0.6 + 0.6 * Math.abs(x - 0.45));

function scene(x: number, y: number): Rgb {
  if (y > hill(x, 1)) return mixRgb(hex("#0a1c2c"), hex("#123a48"), smoothstep(0.03, 0, WATER - y));
  if (y > hill(x, 0)) {
    const d = y - hill(x, 0);
    const lit = ridged(x * 9, y * 9, 5, 44) - ridged((x + 0.008) * 9, (y + 0.003) * 9, 5, 44);
    const snow = smoothstep(0.42, 0.5, fbm(x * 16, y * 20, 4, 47) + 0.22 - d * 1.7);
    const rock = mixRgb(hex("#10273f"), hex("#8cc6cf"), snow * clamp(0.45 + lit * 3));
    return mixRgb(scaleRgb(rock, 0.72), hex("#1d4c5f"), smoothstep(0.0, 0.14, d) * 0.75);
  }
  return sky(x, y);
}

function at(x: number, y: number): Rgb {
  if (y < WATER) return scene(x, y);
  const depth = (y - WATER) / (1 - WATER);
  const ripple = (fbm(x * 9, y * 130 * (1.4 - depth), 3, 61) - 0.5) * 0.05 * (0.2 + depth);
  const mirrored = WATER - (y - WATER) * 1.25 - ripple * 2.2;
  let c = scene(x + ripple * 0.5, Math.max(0, mirrored));
  c = mixRgb(scaleRgb(c, 0.72), hex("#06142a"), 0.18 + 0.35 * depth);
  const glint = smoothstep(0.62, 0.75, fbm(x * 8, y * 180, 3, 66));
  return mixRgb(c, hex("#5fd8c0"), glint * 0.1 * (1 - depth));
}

/** A spruce: drooping tiers, wide at the foot. */
function spruce(
  canvas: Canvas,
  x: number,
  foot: number,
  height: number,
  colour: Rgb,
  random: () => number,
): void {
  canvas.stroke(
    [
      [x, foot],
      [x, foot - height * 1.02],
    ],
    height * 0.03,
    0.0006,
    colour,
  );
  const tiers = Math.round(18 + height * 70);
  for (let k = 0; k < tiers; k++) {
    const t = k / tiers;
    const y = foot - height * (0.06 + 0.93 * t);
    for (const side of [-1, 1]) {
      const reach = height * 0.2 * (1 - t) ** 0.8 * (0.5 + 0.7 * random());
      canvas.stroke(
        [
          [x, y - height * 0.02],
          [x + side * reach * 0.5, y],
          [x + side * reach, y + height * 0.02],
        ],
        height * 0.045 * (1 - t) ** 0.7,
        height * 0.004,
        colour,
      );
    }
  }
}

function forest(canvas: Canvas): void {
  const random = randomFrom(12);
  for (let n = 0; n < 160; n++) {
    const x = n / 159 + 0.01 * random();
    spruce(canvas, x, WATER + 0.004, 0.018 + 0.035 * random(), hex("#081826"), random);
  }
  const colour = hex("#030812");
  for (let n = 0; n < 46; n++) {
    const side = n % 2 === 0 ? 1 - random() ** 1.6 * 0.34 : random() ** 1.8 * 0.26;
    const edge = Math.abs(side - 0.55);
    spruce(canvas, side, 1.04, mix(0.1, 0.78, edge ** 1.25) * (0.65 + 0.5 * random()) + 0.06, colour, random);
  }
}

export const aurora: SamplePicture = {
  name: "aurora",
  alt: { en: "Northern lights over a lake and dark spruces", zh: "湖面与云杉之上的极光" },
  draw(size) {
    const canvas = new Canvas(size);
    canvas.shade(at, 2);
    forest(canvas);
    return canvas.finish(0.02, 0.2);
  },
};
