import { Canvas, type Point } from "./canvas";
import { between, spline } from "./curves";
import { clamp, fbm, hex, mix, mixRgb, noise, type Rgb, randomFrom, scaleRgb, smoothstep } from "./noise";
import type { SamplePicture } from "./picture";
import { closedEye, FEATURES, NECK, SKIN } from "./portrait-face";
import { wreath } from "./portrait-wreath";

/** Gold leaf with rings and spirals, darker towards the foot. */
function background(canvas: Canvas): void {
  canvas.shade((x, y) => {
    const leaf = fbm(x * 5, y * 5, 5, 2);
    const squares = noise(Math.floor(x * 13), Math.floor(y * 13), 5);
    const c = mixRgb(hex("#a8741f"), hex("#f2cf73"), clamp(leaf * 0.9 + squares * 0.22 - 0.05));
    return scaleRgb(mixRgb(c, hex("#fff0b8"), smoothstep(0.66, 0.86, leaf) * 0.5), 1.04 - 0.3 * y);
  });
  const random = randomFrom(11);
  const inks = ["#6b3f14", "#fff0c0", "#1f5f66", "#a83a2a", "#3f2a5a", "#d98a2a"].map(hex);
  for (let n = 0; n < 105; n++) {
    const [x, y, r] = [random(), random() * 0.95, 0.012 + 0.04 * random() ** 2];
    if (n % 3 === 0) {
      const turns = Array.from({ length: 60 }, (_, k): Point => {
        const t = k / 59;
        return [x + Math.cos(t * 17 + n) * r * (1 - t), y + Math.sin(t * 17 + n) * r * (1 - t)];
      });
      canvas.stroke(turns, 0.0045, 0.002, inks[n % 2 ? 0 : 1]!, 0.75);
      continue;
    }
    for (let ring = 0; ring < 4; ring++)
      canvas.disc(x, y, r * (1 - ring * 0.25), inks[(n + ring * 2) % inks.length]!, 0.62);
    canvas.disc(x, y, r * 0.16, inks[1]!, 0.9);
  }
}

interface Lock {
  readonly inner: Point[];
  readonly outer: Point[];
  readonly hairs: number;
}

const tress = (inner: readonly Point[], outer: readonly Point[], hairs: number): Lock => ({
  inner: spline(inner, 64),
  outer: spline(outer, 64),
  hairs,
});

const BEHIND: readonly Lock[] = [
  tress(
    [
      [0.5, 0.25],
      [0.45, 0.4],
      [0.47, 0.6],
      [0.46, 0.8],
      [0.46, 1.05],
    ],
    [
      [0.47, 0.165],
      [0.31, 0.215],
      [0.235, 0.4],
      [0.205, 0.6],
      [0.13, 0.8],
      [0.03, 1.05],
    ],
    900,
  ),
  tress(
    [
      [0.5, 0.25],
      [0.55, 0.4],
      [0.53, 0.6],
      [0.54, 0.8],
      [0.54, 1.05],
    ],
    [
      [0.53, 0.165],
      [0.69, 0.21],
      [0.77, 0.4],
      [0.8, 0.6],
      [0.88, 0.8],
      [0.98, 1.05],
    ],
    900,
  ),
];
const FRONT: readonly Lock[] = [
  tress(
    [
      [0.485, 0.262],
      [0.425, 0.29],
      [0.378, 0.37],
      [0.372, 0.5],
      [0.395, 0.62],
      [0.36, 0.76],
      [0.4, 0.9],
    ],
    [
      [0.5, 0.185],
      [0.36, 0.2],
      [0.275, 0.33],
      [0.285, 0.5],
      [0.27, 0.66],
      [0.21, 0.78],
      [0.25, 0.92],
    ],
    560,
  ),
  tress(
    [
      [0.485, 0.262],
      [0.56, 0.278],
      [0.622, 0.36],
      [0.632, 0.5],
      [0.61, 0.61],
      [0.66, 0.74],
      [0.62, 0.88],
    ],
    [
      [0.5, 0.185],
      [0.63, 0.19],
      [0.725, 0.32],
      [0.722, 0.5],
      [0.735, 0.66],
      [0.8, 0.78],
      [0.76, 0.92],
    ],
    560,
  ),
];

function hair(canvas: Canvas, locks: readonly Lock[], seed: number, depth: number): void {
  const random = randomFrom(seed);
  for (const lock of locks) {
    for (let n = 0; n < lock.hairs; n++) {
      // A dark ground first, bright single hairs last.
      const late = n / lock.hairs;
      const s = clamp(random() * 1.04 - 0.02);
      const curl = (random() - 0.5) * 0.5;
      const line = between(lock.inner, lock.outer, s).map(([x, y], k): Point => {
        const t = k / 63;
        const sway =
          Math.sin(t * 13 + s * 5 + curl * 4) * 0.016 * t + (noise(t * 3, n, seed) - 0.5) * 0.022 * t;
        return [x + sway, y + sway * 0.3];
      });
      const root = Math.floor(random() * 8);
      const cut = line.slice(root, 64 - Math.floor(random() * 14));
      const band = Math.exp(-(((cut[0]![1] + s * 0.06 - 0.24) * 9) ** 2));
      const gloss = smoothstep(0.45, 0.8, fbm(s * 9, 3, 3, seed)) * late;
      const base = mixRgb(
        mixRgb(hex("#2d100c"), hex("#6e2a14"), 0.25 + 0.75 * random() * late),
        hex("#d98546"),
        gloss * 0.75 + band * 0.1,
      );
      canvas.stroke(
        cut,
        mix(0.008, 0.0022, late),
        0.0009,
        scaleRgb(base, depth * (0.8 + 0.4 * random())),
        mix(1, 0.75, late),
      );
    }
  }
}

function brows(canvas: Canvas): void {
  const random = randomFrom(17);
  for (const side of [-1, 1])
    for (let n = 0; n < 74; n++) {
      const t = n / 73;
      const x = 0.5 + side * (0.026 + 0.098 * t);
      const y = 0.391 - 0.026 * Math.sin(t * 2.3) + 0.012 * t * t + (random() - 0.5) * 0.009 * (1 - 0.6 * t);
      const long = 0.016 * (1 - 0.35 * t);
      canvas.stroke(
        [
          [x, y],
          [x + side * long * 0.8, y - long * (0.55 - 0.75 * t)],
        ],
        0.0028,
        0.0006,
        hex("#40190f"),
        0.75,
      );
    }
}

/** A silk scarf in folds around the shoulders, printed with rings. */
function scarf(canvas: Canvas): void {
  const upper = spline(
    [
      [-0.05, 0.93],
      [0.16, 0.84],
      [0.34, 0.755],
      [0.5, 0.815],
      [0.66, 0.755],
      [0.84, 0.84],
      [1.05, 0.93],
    ],
    90,
  );
  const lower = spline(
    [
      [-0.05, 1.2],
      [0.16, 1.1],
      [0.34, 1.03],
      [0.5, 1.1],
      [0.66, 1.03],
      [0.84, 1.1],
      [1.05, 1.2],
    ],
    90,
  );
  for (let n = 0; n < 260; n++) {
    const t = n / 259;
    const fold = 0.5 + 0.5 * Math.sin(t * 30 + 2 * Math.sin(t * 9));
    const line = between(upper, lower, t).map(
      ([x, y], k): Point => [x, y + 0.012 * Math.sin(k * 0.16 + t * 7)],
    );
    const silk = mixRgb(hex("#0d3f4a"), hex("#3f9aa0"), fold);
    canvas.stroke(line, 0.0045, 0.0045, mixRgb(silk, hex("#d8f0e4"), fold ** 8 * 0.45));
  }
  const random = randomFrom(23);
  for (let n = 0; n < 120; n++) {
    const t = random();
    const p = between(upper, lower, 0.05 + t * 0.9)[Math.floor(random() * 90)]!;
    const shade = 0.7 + 0.4 * Math.sin(t * 30 + 2 * Math.sin(t * 9));
    const r = 0.006 + 0.011 * random();
    for (const [k, name] of ["#f0c25a", "#a8332c", "#f7e6b8"].entries())
      canvas.disc(p[0], p[1], r * (1 - k * 0.33), scaleRgb(hex(name), shade), 0.9);
  }
  canvas.stroke(
    upper.map(([x, y]): Point => [x, y - 0.002]),
    0.006,
    0.006,
    hex("#f0c96a"),
    0.9,
  );
}

const brush = (c: Rgb, x: number, y: number): Rgb => {
  const stroke = fbm(x * 26 + 3 * fbm(x * 5, y * 5, 2, 3), y * 90 + 4 * fbm(x * 4, y * 4, 2, 4), 3, 5) - 0.5;
  const weave = Math.sin(x * 2100) * Math.sin(y * 2100) * 0.012;
  return scaleRgb(c, 1 + 0.09 * stroke + weave);
};

export const portrait: SamplePicture = {
  name: "portrait",
  alt: { en: "A woman with a wreath of peonies before gold leaf", zh: "金箔前头戴牡丹花环的女子" },
  async draw(size) {
    const canvas = new Canvas(size);
    background(canvas);
    hair(canvas, BEHIND, 31, 0.72);
    await canvas.svg(SKIN + NECK);
    await canvas.svg(`${SKIN}${FEATURES}${closedEye(-1)}${closedEye(1)}`);
    brows(canvas);
    scarf(canvas);
    hair(canvas, FRONT, 32, 1.05);
    wreath(canvas);
    canvas.adjust(brush);
    return canvas.finish(0.018, 0.22);
  },
};
