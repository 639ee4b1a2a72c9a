import { Canvas, type Point } from "./canvas";
import { spline } from "./curves";
import { clamp, fbm, hex, mix, mixRgb, noise, randomFrom, scaleRgb, smoothstep } from "./noise";
import type { SamplePicture } from "./picture";
import { type Layer, Relief } from "./relief";

const BOWL = { x: 0.5, y: 0.5, r: 0.42 };
const BROTH = 0.045;

const fromCentre = (x: number, y: number): number => Math.hypot(x - BOWL.x, y - BOWL.y);

function table(relief: Relief): void {
  relief.lay([0, 0, 1, 1], (x, y) => {
    const plank = Math.floor(y * 4.2 + 0.3);
    const across = y * 4.2 + 0.3 - plank;
    const grain = fbm(x * 3 + plank * 9, y * 70 + 3 * fbm(x * 2, y * 5 + plank, 3, 3), 5, 4);
    const gap = smoothstep(0.012, 0, Math.min(across, 1 - across));
    const colour = scaleRgb(mixRgb(hex("#2b3a40"), hex("#5d7376"), grain), 1 - 0.7 * gap);
    return { height: 0.001 + 0.0012 * grain - 0.004 * gap + 0.004, colour, gloss: 0.12 };
  });
}

/** Indigo porcelain: a raised rim with a painted band, falling to the broth. */
function bowl(relief: Relief): void {
  relief.lay([0, 0, 1, 1], (x, y) => {
    const d = fromCentre(x, y);
    if (d > BOWL.r + 0.03) return null;
    const rim = BOWL.r - 0.006;
    const outer = (d - rim) / 0.036;
    const height = d > rim ? 0.1 * Math.sqrt(Math.max(0, 1 - outer * outer)) : 0.1 - 0.9 * (rim - d) ** 1.02;
    const angle = Math.atan2(y - BOWL.y, x - BOWL.x);
    const petals = Math.abs((((angle / (2 * Math.PI)) * 48 + 48) % 1) - 0.5) * 2;
    const band = smoothstep(0.036, 0.034, Math.abs(rim - 0.034 - d));
    const scale =
      smoothstep(0.16, 0.08, Math.abs(Math.hypot(petals, (rim - 0.016 - d) / 0.03) - 0.75)) * band;
    const cream = mixRgb(hex("#f3ead6"), hex("#e0d3b8"), fbm(x * 12, y * 12, 4, 6));
    const indigo = mixRgb(hex("#1d3a66"), hex("#34598c"), fbm(x * 20, y * 20, 3, 7));
    const colour = d > rim - 0.002 ? indigo : mixRgb(cream, indigo, scale);
    return { height: Math.max(height, 0.02), colour, gloss: 0.9 };
  });
}

function broth(relief: Relief): void {
  const random = randomFrom(5);
  const fat = Array.from({ length: 150 }, () => ({
    a: random() * 6.283,
    d: Math.sqrt(random()) * 0.335,
    r: 0.003 + 0.011 * random() ** 2,
  }));
  relief.lay([0.1, 0.1, 0.9, 0.9], (x, y) => {
    const d = fromCentre(x, y);
    if (d > 0.375) return null;
    const swirl = fbm(x * 6 + fbm(x * 5, y * 5, 3, 9), y * 6, 5, 10);
    const colour = mixRgb(
      mixRgb(hex("#a8602a"), hex("#d79a52"), swirl),
      hex("#7c3d18"),
      smoothstep(0.32, 0.37, d) * 0.7,
    );
    return { height: BROTH, colour, gloss: 0.6 };
  });
  for (const { a, d, r } of fat) {
    const [cx, cy] = [BOWL.x + Math.cos(a) * d, BOWL.y + Math.sin(a) * d];
    relief.lay([cx - r, cy - r, cx + r, cy + r], (x, y) => {
      const u = Math.hypot(x - cx, y - cy) / r;
      return u < 1
        ? { height: BROTH + 0.0012 * Math.sqrt(1 - u * u) + 1e-5, colour: hex("#e8b25c"), gloss: 1 }
        : null;
    });
  }
}

/** Strands in folded skeins: each follows its skein's way with a wave of its own. */
function noodles(relief: Relief): void {
  const random = randomFrom(6);
  for (let skein = 0; skein < 9; skein++) {
    const turn = skein * 2.4 + random();
    const centre: Point = [BOWL.x + 0.11 * Math.cos(turn) - 0.02, BOWL.y + 0.11 * Math.sin(turn) + 0.03];
    const way = random() * 3.14;
    const arc = 0.5 + random();
    for (let n = 0; n < 26; n++) {
      const side = (n / 25 - 0.5) * 0.2;
      const phase = random() * 0.8 + n * 0.12;
      const lift = BROTH - 0.004 + 0.026 * random() + 0.012 * Math.cos((n / 25 - 0.5) * 3);
      const knots: Point[] = Array.from({ length: 9 }, (_, k) => {
        const t = k / 8 - 0.5;
        const bend = way + arc * t * 1.6;
        const u = t * (0.36 + 0.06 * random());
        const v = side * (1 - 0.6 * t * t) + 0.012 * Math.sin(k * 1.5 + phase);
        return [
          centre[0] + Math.cos(bend) * u - Math.sin(bend) * v,
          centre[1] + Math.sin(bend) * u + Math.cos(bend) * v,
        ];
      });
      const points = spline(knots, 46).filter(([x, y]) => fromCentre(x, y) < 0.335);
      if (points.length < 8) continue;
      const tone = 0.9 + 0.2 * random();
      const dip = random() * 6;
      relief.tube(
        points,
        0.0068,
        (t) => lift + 0.007 * Math.sin(t * 8 + dip) - 0.03 * smoothstep(0.12, 0, Math.min(t, 1 - t)),
        (t, s) =>
          scaleRgb(mixRgb(hex("#f4d68a"), hex("#dcae5b"), 0.5 * s * s + 0.4 * noise(t * 30, n)), tone),
        0.5,
      );
    }
  }
}

/** Places a topping: (u, v) in its own turned frame, −1 … 1 across its box. */
function topping(
  relief: Relief,
  x0: number,
  y0: number,
  reach: number,
  turn: number,
  at: (u: number, v: number) => Layer | null,
): void {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  relief.lay([x0 - reach * 1.45, y0 - reach * 1.45, x0 + reach * 1.45, y0 + reach * 1.45], (x, y) => {
    const [dx, dy] = [(x - x0) / reach, (y - y0) / reach];
    return at(dx * cos + dy * sin, -dx * sin + dy * cos);
  });
}

function egg(relief: Relief, x: number, y: number, turn: number): void {
  topping(relief, x, y, 0.085, turn, (u, v) => {
    const wide = 0.8 - 0.12 * u;
    const d = Math.hypot(u, v / wide);
    if (d > 1) return null;
    const yolk = Math.hypot(u + 0.06, v / 0.95) / 0.56;
    const face = 0.093 - 0.02 * smoothstep(0.9, 1, d);
    const soaked = mixRgb(hex("#fffaf0"), hex("#d9a874"), smoothstep(0.86, 0.99, d));
    if (yolk > 1) return { height: face + 0.0015 * fbm(u * 5, v * 5, 3, 20), colour: soaked, gloss: 0.55 };
    const jam = mixRgb(
      hex("#ff9a1f"),
      hex("#e2650e"),
      smoothstep(0.15, 0.75, fbm(u * 4, v * 4, 4, 21)) * 0.8,
    );
    return {
      height: face + 0.012 * Math.sqrt(Math.max(0, 1 - yolk * yolk)) - 0.002,
      colour: mixRgb(jam, hex("#ffc451"), smoothstep(0.72, 0.97, yolk)),
      gloss: 0.95,
    };
  });
}

function pork(relief: Relief, x: number, y: number, turn: number, lift: number): void {
  topping(relief, x, y, 0.098, turn, (u, v) => {
    const angle = Math.atan2(v, u);
    const edge = 0.93 + 0.06 * fbm(Math.cos(angle) * 2 + lift * 90, Math.sin(angle) * 2, 3, 25);
    const d = Math.hypot(u, v) / edge;
    if (d > 1) return null;
    const roll = d * 3.1 + angle / 6.283 + 0.5 * fbm(u * 3, v * 3 + lift * 50, 4, 26);
    const fat = smoothstep(0.28, 0.12, Math.abs((roll % 1) - 0.5));
    const meat = mixRgb(hex("#b06a48"), hex("#8a4630"), fbm(u * 12, v * 5, 5, 27));
    let colour = mixRgb(meat, hex("#f0cfa8"), fat * 0.85);
    colour = mixRgb(colour, hex("#4f2212"), smoothstep(0.86, 0.99, d));
    colour = mixRgb(
      colour,
      hex("#5b2a14"),
      smoothstep(0.58, 0.8, fbm(u * 3 + 5, v * 3 + lift * 30, 4, 28)) * 0.5,
    );
    return {
      height: lift + 0.004 * fat + 0.003 * fbm(u * 9, v * 9, 3, 29) - 0.012 * smoothstep(0.9, 1, d),
      colour,
      gloss: 0.65,
    };
  });
}

function naruto(relief: Relief, x: number, y: number, turn: number): void {
  topping(relief, x, y, 0.058, turn, (u, v) => {
    const angle = Math.atan2(v, u);
    const d = Math.hypot(u, v) / (0.93 + 0.055 * Math.cos(angle * 14));
    if (d > 1) return null;
    const spiral = (((angle / 6.283 - d * 2.1) % 1) + 2) % 1;
    const pink =
      smoothstep(0.17, 0.11, Math.abs(spiral - 0.5)) * smoothstep(0.74, 0.66, d) * smoothstep(0.05, 0.12, d);
    return {
      height: 0.106 - 0.014 * smoothstep(0.88, 1, d),
      colour: mixRgb(hex("#fff7ee"), hex("#ef6f8e"), pink),
      gloss: 0.4,
    };
  });
}

function nori(relief: Relief, x: number, y: number, turn: number, lift: number): void {
  topping(relief, x, y, 0.13, turn, (u, v) => {
    if (Math.abs(u) > 0.62 + 0.012 * noise(v * 60, 1) || Math.abs(v) > 0.95 + 0.012 * noise(u * 60, 2))
      return null;
    const fibre = fbm(u * 26, v * 26, 4, 35);
    return {
      height: lift + 0.022 * u * u + 0.018 * v - 0.004 * fibre,
      colour: mixRgb(hex("#0e1f18"), hex("#2f4c36"), fibre ** 1.4),
      gloss: 0.28,
    };
  });
}

function garnish(relief: Relief): void {
  const random = randomFrom(40);
  for (let n = 0; n < 88; n++) {
    const heap = n < 58;
    const a = random() * 6.283;
    const d = heap ? 0.075 * Math.sqrt(random()) : 0.06 + 0.25 * Math.sqrt(random());
    const [x, y] = heap
      ? [0.575 + d * Math.cos(a), 0.575 + d * Math.sin(a) * 0.9]
      : [0.5 + d * Math.cos(a), 0.52 + d * Math.sin(a)];
    const r = 0.008 + 0.007 * random();
    const green = mixRgb(hex("#3f8f2f"), hex("#b9e07a"), random());
    const squash = 0.6 + 0.4 * random();
    const tilt = random() * 3.14;
    const points: Point[] = Array.from({ length: 15 }, (_, k) => {
      const t = (k / 14) * 6.283;
      const [u, v] = [Math.cos(t) * r, Math.sin(t) * r * squash];
      return [x + u * Math.cos(tilt) - v * Math.sin(tilt), y + u * Math.sin(tilt) + v * Math.cos(tilt)];
    });
    const lift = (heap ? 0.09 + 0.016 * random() : 0.098) + (heap ? 0.012 * (1 - d / 0.075) : 0);
    relief.tube(
      points,
      r * 0.3,
      () => lift,
      (t) => mixRgb(green, hex("#f1f7d6"), 0.5 * noise(t * 5, n)),
      0.55,
    );
  }
  for (let n = 0; n < 130; n++) {
    const a = random() * 6.283;
    const d = 0.31 * Math.sqrt(random());
    const [x, y, turn] = [0.5 + d * Math.cos(a), 0.5 + d * Math.sin(a), random() * 3.14];
    topping(relief, x, y, 0.006, turn, (u, v) => {
      const e = Math.hypot(u, v / (0.5 - 0.15 * u));
      return e < 1
        ? { height: 0.1 + 0.006 * Math.sqrt(1 - e * e), colour: hex("#f6e3b4"), gloss: 0.4 }
        : null;
    });
  }
}

function chopsticks(relief: Relief): void {
  for (const [from, to] of [
    [
      [0.99, 0.1],
      [0.56, 0.985],
    ],
    [
      [1.035, 0.14],
      [0.6, 1.02],
    ],
  ] as const)
    relief.tube(
      spline([from as Point, [(from[0] + to[0]) / 2 + 0.002, (from[1] + to[1]) / 2], to as Point], 40),
      0.0125,
      () => 0.128,
      (t, s) => {
        const wood = mixRgb(hex("#7a2718"), hex("#a8402a"), fbm(t * 6, s * 5, 4, 50));
        return t > 0.1 && t < 0.16 ? hex("#d9b25c") : scaleRgb(wood, mix(1, 0.8, clamp(t)));
      },
      0.8,
    );
}

export const ramen: SamplePicture = {
  name: "ramen",
  alt: { en: "A bowl of ramen with egg, pork and spring onion", zh: "一碗有溏心蛋、叉烧和葱花的拉面" },
  draw(size) {
    const relief = new Relief(size);
    table(relief);
    bowl(relief);
    broth(relief);
    noodles(relief);
    nori(relief, 0.325, 0.265, -0.55, 0.1);
    nori(relief, 0.41, 0.225, -0.22, 0.112);
    pork(relief, 0.63, 0.31, 0.3, 0.088);
    pork(relief, 0.715, 0.42, 1.9, 0.1);
    egg(relief, 0.31, 0.5, 1.2);
    egg(relief, 0.405, 0.655, 0.35);
    naruto(relief, 0.7, 0.6, 0.4);
    garnish(relief);
    chopsticks(relief);
    const canvas = new Canvas(size);
    relief.light(canvas.data);
    return canvas.finish(0.02, 0.3);
  },
};
