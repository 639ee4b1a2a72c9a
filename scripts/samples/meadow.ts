import { Canvas, type Point } from "./canvas";
import { fbm, hex, mix, mixRgb, noise, type Rgb, ramp, randomFrom, scaleRgb, smoothstep } from "./noise";
import type { SamplePicture } from "./picture";

const HORIZON = 0.3;
type Random = () => number;

/** Everything that grows has a foot; what stands farther back is drawn first, smaller and paler. */
interface Plant {
  readonly x: number;
  readonly y: number;
  draw(canvas: Canvas, scale: number, air: (c: Rgb) => Rgb): void;
}

function blade(x: number, y: number, random: Random): Plant {
  const lean = (random() - 0.5) * 0.9;
  const tall = 0.1 + 0.13 * random();
  const green = mixRgb(mixRgb(hex("#2f5f2b"), hex("#7da544"), random()), hex("#c9cf6b"), random() ** 4);
  return {
    x,
    y,
    draw(canvas, k, air) {
      const points: Point[] = Array.from({ length: 6 }, (_, n) => {
        const t = n / 5;
        return [x + lean * tall * k * t * t, y - tall * k * t * (1 - 0.12 * t * Math.abs(lean))];
      });
      canvas.stroke(points, 0.0075 * k, 0.0008 * k, air(green));
    },
  };
}

const stem = (canvas: Canvas, x: number, y: number, head: Point, k: number, colour: Rgb): void =>
  canvas.stroke([[x, y], [(x * 2 + head[0]) / 3, (y + head[1]) / 2], head], 0.005 * k, 0.0036 * k, colour);

function poppy(x: number, y: number, random: Random): Plant {
  const tall = 0.14 + 0.09 * random();
  const lean = (random() - 0.5) * 0.06;
  const turn = random() * 6;
  const red = mixRgb(hex("#c81e1e"), hex("#ff5a36"), random());
  const tilt = 0.5 + 0.35 * random();
  return {
    x,
    y,
    draw(canvas, k, air) {
      const head: Point = [x + lean * k, y - tall * k];
      stem(canvas, x, y, head, k, air(hex("#4c7334")));
      for (let p = 0; p < 5; p++) {
        const a = turn + (p / 5) * 6.283;
        for (let s = 0; s < 11; s++) {
          const spread = a + (s / 10 - 0.5) * 1.35;
          const reach = (0.026 + 0.004 * noise(p * 9 + s, turn, 3)) * k;
          const tip: Point = [
            head[0] + Math.cos(spread) * reach,
            head[1] + Math.sin(spread) * reach * tilt - 0.006 * k,
          ];
          const light = 0.72 + 0.34 * (s / 10) - 0.22 * Math.sin(spread) * 0.6;
          canvas.stroke([head, tip], 0.002 * k, 0.0105 * k, air(scaleRgb(red, light)), 0.85);
        }
      }
      canvas.disc(head[0], head[1] - 0.002 * k, 0.0075 * k, air(hex("#1d1420")));
      for (let s = 0; s < 14; s++)
        canvas.disc(
          head[0] + Math.cos(s * 0.9) * 0.011 * k,
          head[1] - 0.002 * k + Math.sin(s * 0.9) * 0.011 * k * tilt,
          0.0014 * k,
          air(hex("#2a1620")),
        );
    },
  };
}

function daisy(x: number, y: number, random: Random): Plant {
  const tall = 0.1 + 0.1 * random();
  const lean = (random() - 0.5) * 0.05;
  const turn = random();
  const tilt = 0.55 + 0.4 * random();
  return {
    x,
    y,
    draw(canvas, k, air) {
      const head: Point = [x + lean * k, y - tall * k];
      stem(canvas, x, y, head, k, air(hex("#557f3a")));
      for (let p = 0; p < 17; p++) {
        const a = turn + (p / 17) * 6.283;
        const at = (r: number): Point => [
          head[0] + Math.cos(a) * r * k,
          head[1] + Math.sin(a) * r * tilt * k,
        ];
        const white = scaleRgb(hex("#fffdf4"), 0.82 + 0.18 * Math.sin(a * 1.3 + 3.6) * (p % 2 ? 1 : 0.6));
        canvas.stroke([at(0.005), at(0.016), at(0.025)], 0.0045 * k, 0.0062 * k, air(white));
      }
      canvas.disc(head[0], head[1], 0.0082 * k, air(hex("#d99a1c")));
      canvas.disc(head[0] - 0.0015 * k, head[1] - 0.002 * k, 0.0054 * k, air(hex("#ffd24a")));
    },
  };
}

function cornflower(x: number, y: number, random: Random): Plant {
  const tall = 0.15 + 0.09 * random();
  const lean = (random() - 0.5) * 0.07;
  const blue = mixRgb(hex("#3a55c9"), hex("#8f7be6"), random());
  const turn = random() * 6;
  return {
    x,
    y,
    draw(canvas, k, air) {
      const head: Point = [x + lean * k, y - tall * k];
      stem(canvas, x, y, head, k, air(hex("#5a7d52")));
      canvas.stroke([[head[0], head[1] + 0.014 * k], head], 0.01 * k, 0.008 * k, air(hex("#47663a")));
      for (let p = 0; p < 26; p++) {
        const a = turn + p * 2.4;
        const r = (0.012 + 0.014 * noise(p, turn, 5)) * k;
        const tip: Point = [head[0] + Math.cos(a) * r, head[1] + Math.sin(a) * r * 0.75 - 0.004 * k];
        canvas.stroke(
          [head, tip],
          0.0018 * k,
          0.0068 * k,
          air(scaleRgb(blue, 0.75 + 0.5 * noise(p * 3, turn, 6))),
          0.95,
        );
      }
    },
  };
}

function lavender(x: number, y: number, random: Random): Plant {
  const tall = 0.2 + 0.1 * random();
  const lean = (random() - 0.5) * 0.1;
  const tone = random();
  return {
    x,
    y,
    draw(canvas, k, air) {
      const head: Point = [x + lean * k, y - tall * k];
      stem(canvas, x, y, head, k * 0.8, air(hex("#6c8a55")));
      for (let n = 0; n < 34; n++) {
        const t = n / 34;
        const px =
          mix(head[0] - lean * 0.42 * k, head[0], t) +
          (noise(n, tone * 90, 2) - 0.5) * 0.019 * k * (1 - 0.7 * t);
        const py = mix(head[1] + 0.085 * k, head[1], t);
        const pink = mixRgb(hex("#7c4fb8"), hex("#e6a3dd"), noise(n * 3, tone * 50, 4) * 0.8 + tone * 0.2);
        canvas.disc(px, py, 0.0044 * k * (1 - 0.4 * t), air(pink));
      }
    },
  };
}

function backdrop(x: number, y: number): Rgb {
  const sun = Math.hypot(x - 0.72, y - 0.05);
  let c = ramp(
    [
      [0, hex("#8fc6e6")],
      [0.2, hex("#d9ecdf")],
      [HORIZON, hex("#fff1c4")],
    ],
    y,
  );
  c = mixRgb(c, hex("#fffbe2"), Math.exp(-sun * sun * 8) * 0.85);
  // A wood far off, out of focus.
  const wood = HORIZON - 0.1 * fbm(x * 5, 1, 4, 70) - 0.02;
  const leaves = fbm(x * 16, y * 16, 4, 71);
  c = mixRgb(
    c,
    mixRgb(hex("#6f9a5c"), hex("#cfdc8f"), leaves * 0.9 + Math.exp(-sun * 4) * 0.4),
    smoothstep(wood - 0.02, wood + 0.03, y),
  );
  const field = mixRgb(hex("#3e6b2d"), hex("#c2c35a"), smoothstep(0.75, HORIZON, y) * 0.85);
  return mixRgb(
    c,
    scaleRgb(field, 0.75 + 0.5 * fbm(x * 14, y * 40, 4, 72)),
    smoothstep(HORIZON - 0.03, HORIZON + 0.03, y),
  );
}

export const meadow: SamplePicture = {
  name: "meadow",
  alt: {
    en: "A summer meadow full of poppies, daisies and cornflowers",
    zh: "开满罂粟、雏菊与矢车菊的夏日草甸",
  },
  draw(size) {
    const canvas = new Canvas(size);
    const random = randomFrom(2024);
    canvas.shade(backdrop);
    const plants: Plant[] = [];
    for (let n = 0; n < 7600; n++) {
      const x = random() * 1.1 - 0.05;
      const y = HORIZON + 0.02 + random() ** 1.35 * 0.98;
      const drift = fbm(x * 3.2, y * 5, 3, 80);
      const kind = random();
      const grow =
        kind < 0.74
          ? blade
          : drift < 0.4
            ? kind < 0.84
              ? daisy
              : blade
            : drift > 0.58
              ? kind < 0.89
                ? poppy
                : lavender
              : kind < 0.83
                ? cornflower
                : kind < 0.89
                  ? daisy
                  : kind < 0.92
                    ? lavender
                    : poppy;
      plants.push(grow(x, y, random));
    }
    plants.sort((a, b) => a.y - b.y);
    for (const plant of plants) {
      const near = (plant.y - HORIZON) / (1 - HORIZON);
      const k = mix(0.16, 1.35, near);
      const haze = smoothstep(0.45, 0, near) * 0.55;
      const glow = 0.82 + 0.4 * noise(plant.x * 6, plant.y * 9, 90);
      plant.draw(canvas, k, (c) =>
        mixRgb(scaleRgb(c, glow * mix(1.05, 0.86, smoothstep(0.7, 1.3, near))), hex("#f3ecb0"), haze),
      );
    }
    const light = hex("#fff3c0");
    canvas.adjust((c, x, y) => mixRgb(c, light, 0.3 * Math.exp(-((x - 0.72) ** 2 + (y - 0.02) ** 2) * 5)));
    return canvas.finish(0.02, 0.15);
  },
};
