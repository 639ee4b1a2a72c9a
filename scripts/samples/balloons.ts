import { Canvas, type Point } from "./canvas";
import { clamp, fbm, hex, mix, mixRgb, type Rgb, ramp, randomFrom, scaleRgb, smoothstep } from "./noise";
import type { SamplePicture } from "./picture";

const SKY = [
  [0, hex("#a9d3ef")],
  [0.35, hex("#cfe6f3")],
  [0.6, hex("#fbe3da")],
  [0.78, hex("#ffeccf")],
] as const;

interface Balloon {
  readonly x: number;
  readonly y: number;
  readonly r: number;
  readonly colours: readonly Rgb[];
  readonly gores: number;
  readonly pattern: "gores" | "bands" | "zigzag";
  readonly turn: number;
}

const palette = (...names: string[]): Rgb[] => names.map(hex);

const BALLOONS: readonly Balloon[] = [
  {
    x: 0.86,
    y: 0.13,
    r: 0.035,
    colours: palette("#f0a6a0", "#fff3e2"),
    gores: 12,
    pattern: "gores",
    turn: 0.3,
  },
  { x: 0.1, y: 0.42, r: 0.042, colours: palette("#8fb7d9", "#fdf6e8"), gores: 12, pattern: "bands", turn: 0 },
  {
    x: 0.53,
    y: 0.53,
    r: 0.034,
    colours: palette("#e7b65f", "#fff2d8"),
    gores: 12,
    pattern: "zigzag",
    turn: 0.5,
  },
  {
    x: 0.93,
    y: 0.56,
    r: 0.05,
    colours: palette("#9fc9b4", "#f6f4e4"),
    gores: 14,
    pattern: "gores",
    turn: 0.1,
  },
  {
    x: 0.13,
    y: 0.17,
    r: 0.088,
    colours: palette("#7fb9c4", "#f7efe0", "#f3a48c"),
    gores: 18,
    pattern: "zigzag",
    turn: 0.2,
  },
  {
    x: 0.78,
    y: 0.36,
    r: 0.118,
    colours: palette("#f6c3a8", "#fff6ea", "#e58d83", "#fbe0c4"),
    gores: 16,
    pattern: "gores",
    turn: 0.35,
  },
  {
    x: 0.41,
    y: 0.36,
    r: 0.185,
    colours: palette("#ee7f78", "#fff1df", "#f8bd63", "#fff1df", "#6fa9b8", "#fff1df"),
    gores: 24,
    pattern: "gores",
    turn: 0.15,
  },
];

function cloudAt(x: number, y: number): number {
  const warp = fbm(x * 2.5, y * 2.5, 3, 2);
  return fbm(x * 2.6 + warp * 0.9, y * 5 + warp, 6, 6);
}

function sky(x: number, y: number): Rgb {
  let c = ramp(SKY, y);
  const d = Math.hypot(x - 0.9, y - 0.62);
  c = mixRgb(c, hex("#fff4d6"), Math.exp(-d * d * 9) * 0.7);
  const density = cloudAt(x, y);
  const under = cloudAt(x + 0.012, y + 0.018);
  const cover = smoothstep(0.5, 0.72, density);
  const light = clamp(0.5 + (density - under) * 7);
  return mixRgb(c, mixRgb(hex("#d9cfdd"), hex("#fffdf8"), light), cover * 0.85);
}

const HILLS = [
  { base: 0.74, height: 0.07, f: 2.2, colour: hex("#c3d0dc") },
  { base: 0.79, height: 0.08, f: 2.7, colour: hex("#b4cfc4") },
  { base: 0.85, height: 0.07, f: 2.1, colour: hex("#bcd6a4") },
  { base: 0.92, height: 0.06, f: 1.7, colour: hex("#a5c583") },
];

const hillTop = (x: number, n: number): number =>
  HILLS[n]!.base - HILLS[n]!.height * (fbm(x * HILLS[n]!.f + n * 5.2, n, 3, 30) - 0.35) * 1.6;

/** Fields in rows on rolling hills, lavender between them. */
function land(x: number, y: number): Rgb | null {
  for (let n = HILLS.length - 1; n >= 0; n--) {
    const depth = y - hillTop(x, n);
    if (depth < 0) continue;
    const slope = (hillTop(x + 0.01, n) - hillTop(x - 0.01, n)) * 3;
    let c = scaleRgb(HILLS[n]!.colour, 1 + clamp(slope, -0.12, 0.12));
    const plot = fbm(x * 3 + n * 2, depth * 9 + n, 2, 34);
    const rows = 0.5 + 0.5 * Math.sin((x * (1 + n) + depth * (plot > 0.5 ? 7 : -9)) * (70 - n * 6));
    if (n > 0) {
      const crop = plot > 0.56 ? hex("#b9a4d6") : plot < 0.42 ? hex("#efdf9d") : hex("#8fb678");
      c = mixRgb(c, crop, 0.5 * rows * smoothstep(0, 0.02, depth) + 0.2);
    }
    c = mixRgb(c, hex("#fff3df"), smoothstep(0.05, 0, depth) * 0.25 * (1 - n / 5) + (0.2 - n * 0.065));
    return scaleRgb(c, 0.96 + 0.1 * fbm(x * 60, y * 60, 3, 37));
  }
  return null;
}

/** Colour of a balloon at (u, v) around its centre in radii, or null beside it. */
function envelope(b: Balloon, u: number, v: number): Rgb | null {
  const half =
    v < 0.25 ? Math.sqrt(Math.max(0, 1 - (v * 0.98) ** 2)) : mix(0.962, 0.17, ((v - 0.25) / 1.03) ** 1.16);
  if (v < -1.02 || v > 1.28 || Math.abs(u) > half) return null;
  const across = clamp(u / half, -1, 1);
  const longitude = Math.asin(across) / Math.PI + 0.5 + b.turn;
  const gore = longitude * b.gores * 0.5 * 2;
  const index = Math.floor(gore);
  const within = gore - index;
  const count = b.colours.length;
  const zig = b.pattern === "zigzag" ? Math.abs(within - 0.5) * 0.32 : 0;
  const band = Math.floor((v + 1.1 + zig) * (b.pattern === "zigzag" ? 4.2 : 3.2));
  let c = b.colours[(b.pattern === "gores" ? index + count * 40 : band + count) % count]!;
  if (b.pattern === "gores" && v > 0.52 && v < 0.66) c = b.colours[1]!;
  // Each gore bulges between its seams; light comes from the right, the sky fills the shadow.
  const bulge = 1 - 0.1 * (2 * within - 1) ** 2 - 0.1 * smoothstep(0.08, 0, Math.min(within, 1 - within));
  const nx = across * 0.95;
  const ny = v * 0.8;
  const nz = Math.sqrt(Math.max(0, 1 - Math.min(1, nx * nx + ny * ny * 0.7)));
  const light = clamp(0.5 * nx - 0.32 * ny + 0.68 * nz + 0.18, 0, 1.1);
  const shade = 0.62 + 0.44 * light;
  c = scaleRgb(c, shade * bulge);
  c = mixRgb(c, hex("#a9bbe0"), (1 - light) * 0.3);
  return mixRgb(c, hex("#ffffff"), clamp((light - 0.86) * 1.6, 0, 0.35));
}

function fly(canvas: Canvas, b: Balloon): void {
  const dark = hex("#6b4a3a");
  const floor = b.y + b.r * 1.62;
  for (const u of [-0.15, -0.05, 0.05, 0.15])
    canvas.stroke(
      [
        [b.x + u * b.r, b.y + b.r * 1.26],
        [b.x + u * 0.75 * b.r, floor],
      ],
      0.0014,
      0.0014,
      dark,
      0.75,
    );
  const { size } = canvas;
  const grid = 3;
  const around = (value: number): number => clamp(Math.round(value * size), 0, size);
  for (let j = around(b.y - b.r * 1.05); j < around(b.y + b.r * 1.3); j++)
    for (let i = around(b.x - b.r * 1.02); i < around(b.x + b.r * 1.02); i++) {
      const sum = [0, 0, 0];
      let hits = 0;
      for (let s = 0; s < grid * grid; s++) {
        const x = (i + ((s % grid) + 0.5) / grid) / size;
        const y = (j + (Math.floor(s / grid) + 0.5) / grid) / size;
        const c = envelope(b, (x - b.x) / b.r, (y - b.y) / b.r);
        if (!c) continue;
        hits++;
        for (let k = 0; k < 3; k++) sum[k]! += c[k]!;
      }
      if (hits === 0) continue;
      // Air between: the farther the balloon, the paler.
      const air = smoothstep(0.2, 0.03, b.r) * 0.32;
      const c = mixRgb([sum[0]! / hits, sum[1]! / hits, sum[2]! / hits], hex("#f3eae6"), air);
      const at = (j * size + i) * 3;
      const a = hits / (grid * grid);
      for (let k = 0; k < 3; k++) canvas.data[at + k] = mix(canvas.data[at + k]!, c[k]!, a);
    }
  basket(canvas, b, floor);
}

function basket(canvas: Canvas, b: Balloon, top: number): void {
  const wide = b.r * 0.13;
  const rows = 9;
  for (let n = 0; n < rows; n++) {
    const y = top + (n / rows) * b.r * 0.2;
    const w = wide * (1 - 0.12 * (n / rows));
    for (let k = 0; k < 10; k++) {
      const x = b.x - w + (2 * w * k) / 10;
      const weave = (n + k) % 2 ? hex("#b98552") : hex("#8c5f38");
      canvas.stroke(
        [
          [x, y],
          [x + (2 * w) / 10, y],
        ],
        b.r * 0.026,
        b.r * 0.026,
        scaleRgb(weave, 0.8 + 0.05 * k),
      );
    }
  }
  canvas.stroke(
    [
      [b.x - wide, top],
      [b.x + wide, top],
    ],
    b.r * 0.035,
    b.r * 0.035,
    hex("#6b4527"),
  );
}

function trees(canvas: Canvas): void {
  const random = randomFrom(14);
  for (let n = 0; n < 420; n++) {
    const hill = 1 + Math.floor(random() * 3);
    const clump = Math.floor(random() * 46);
    const x = ((clump * 0.618) % 1) + (random() - 0.5) * 0.07;
    const y = hillTop(x, hill) + 0.006 + ((clump * 7) % 9) * 0.006 + random() * 0.004;
    const r = (0.0016 + 0.0013 * hill) * (0.6 + 0.5 * random());
    const tint = mixRgb(mixRgb(hex("#6f9a63"), hex("#8fb58a"), random()), hex("#dfe6dc"), 0.45 - hill * 0.12);
    canvas.disc(x - r * 0.6, y + r * 0.4, r * 1.2, scaleRgb(tint, 0.72), 0.5);
    for (let k = 0; k < 7; k++) {
      const at: Point = [x + (random() - 0.5) * r * 1.5, y - random() * r * 1.6];
      canvas.disc(at[0], at[1], r * (0.4 + 0.4 * random()), scaleRgb(tint, 0.85 + 0.3 * random()), 0.9);
    }
  }
}

export const balloons: SamplePicture = {
  name: "balloons",
  alt: { en: "Hot-air balloons over pastel fields", zh: "淡彩田野上空的热气球" },
  draw(size) {
    const canvas = new Canvas(size);
    canvas.shade((x, y) => land(x, y) ?? sky(x, y), 2);
    trees(canvas);
    for (const balloon of BALLOONS) fly(canvas, balloon);
    return canvas.finish(0.018, 0.06);
  },
};
