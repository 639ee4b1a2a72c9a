import { Canvas, type Point } from "./canvas";
import { between, pathOf, spline } from "./curves";
import { clamp, fbm, hex, mix, mixRgb, noise, type Rgb, ramp, randomFrom, smoothstep } from "./noise";
import type { SamplePicture } from "./picture";
import { claw, type Drop } from "./wave-claw";

const INK = hex("#12284a");
const FOAM = hex("#f7f2e2");
const PALE = hex("#b9cfd6");

/** A breaking wave lies between its back (sky side) and its hollow face; both run from the foot to the lip. */
interface Wave {
  readonly back: Point[];
  readonly face: Point[];
  readonly claws: number;
  readonly reach: number;
}

const GREAT: Wave = {
  back: spline(
    [
      [-0.12, 0.62],
      [-0.03, 0.36],
      [0.12, 0.17],
      [0.3, 0.085],
      [0.48, 0.105],
      [0.6, 0.2],
      [0.625, 0.31],
    ],
    120,
  ),
  face: spline(
    [
      [1.05, 0.985],
      [0.72, 0.9],
      [0.46, 0.77],
      [0.335, 0.6],
      [0.325, 0.42],
      [0.42, 0.31],
      [0.56, 0.285],
      [0.625, 0.31],
    ],
    120,
  ),
  claws: 30,
  reach: 0.105,
};
const SMALL: Wave = {
  back: spline(
    [
      [1.1, 0.88],
      [1.0, 0.77],
      [0.9, 0.7],
      [0.79, 0.675],
      [0.71, 0.7],
      [0.67, 0.75],
    ],
    90,
  ),
  face: spline(
    [
      [0.3, 1.02],
      [0.52, 0.97],
      [0.7, 0.91],
      [0.775, 0.83],
      [0.755, 0.77],
      [0.67, 0.75],
    ],
    90,
  ),
  claws: 14,
  reach: 0.045,
};
const NEAR: Wave = {
  back: spline(
    [
      [-0.2, 0.98],
      [-0.08, 0.84],
      [0.04, 0.77],
      [0.16, 0.755],
      [0.25, 0.8],
      [0.27, 0.85],
    ],
    90,
  ),
  face: spline(
    [
      [0.62, 1.1],
      [0.4, 1.04],
      [0.22, 0.99],
      [0.14, 0.92],
      [0.17, 0.855],
      [0.27, 0.85],
    ],
    90,
  ),
  claws: 13,
  reach: 0.05,
};

function sky(x: number, y: number): Rgb {
  const bands = fbm(x * 1.5, y * 22 + fbm(x * 3, y * 3, 3, 8) * 2, 4, 5) - 0.5;
  let c = ramp(
    [
      [0, hex("#6f8fa3")],
      [0.1, hex("#b9c3b4")],
      [0.3, hex("#ecdcb8")],
      [0.62, hex("#f6e6c3")],
      [0.8, hex("#eec9a0")],
    ],
    y + bands * 0.05,
  );
  const cloud = smoothstep(0.5, 0.62, fbm(x * 2.2, y * 9, 5, 3)) * smoothstep(0.6, 0.35, y);
  c = mixRgb(c, hex("#fbf1da"), cloud * 0.55);
  const sun = Math.hypot(x - 0.8, y - 0.22);
  c = mixRgb(c, hex("#e9a477"), Math.exp(-sun * sun * 60) * 0.35);
  return mixRgb(
    c,
    mixRgb(hex("#d2432f"), hex("#e57443"), smoothstep(0.14, 0.32, y)),
    smoothstep(0.0985, 0.0965, sun),
  );
}

const MOUNTAIN = `<defs><linearGradient id="f" x2="0" y2="1"><stop offset="0" stop-color="#30496b"/><stop offset="0.75" stop-color="#6d88a0"/><stop offset="1" stop-color="#b9c3bb"/></linearGradient></defs>
  <path d="M520 760 C650 695 720 610 768 545 C780 532 806 532 818 545 C866 610 930 680 1040 715 L1040 760Z" fill="url(#f)" stroke="#1b2f4f" stroke-width="3"/>
  <path d="M768 545 C780 532 806 532 818 545 C834 567 850 588 868 609 L848 600 L838 622 L820 596 L806 634 L790 600 L774 628 L762 600 L742 618 L720 606 C738 585 752 566 768 545Z" fill="#f9f4e6" stroke="#1b2f4f" stroke-width="2"/>`;

/** Sea between waves: long combed lines. */
function water(canvas: Canvas): void {
  const random = randomFrom(4);
  for (let n = 0; n < 150; n++) {
    const y = 0.73 + 0.28 * (n / 150) + 0.004 * random();
    const from = random() * 0.9;
    const reach = 0.12 + 0.3 * random();
    const points: Point[] = Array.from({ length: 24 }, (_, k) => {
      const x = from + (reach * k) / 23;
      return [x, y + 0.01 * Math.sin(x * 16 + n) + 0.006 * Math.sin(x * 37 + n * 2)];
    });
    canvas.stroke(points, 0.001, 0.004, random() < 0.55 ? INK : hex("#8fb3c2"), 0.75);
  }
}

function body(wave: Wave, id: string): string {
  const outline = [...wave.back, ...[...wave.face].reverse()];
  return `<defs><linearGradient id="${id}" x2="0.3" y2="1"><stop offset="0" stop-color="#3d6f98"/><stop offset="0.4" stop-color="#214a7d"/><stop offset="1" stop-color="#142f5c"/></linearGradient></defs>
    <path d="${pathOf(outline)}L1100 1100L-200 1100Z" fill="url(#${id})"/><path d="${pathOf(outline)}" fill="none" stroke="#12284a" stroke-width="5" stroke-linejoin="round"/>`;
}

/** A stroke that swells from nothing to `wide` in its first third, then thins to `end`. */
function taper(canvas: Canvas, points: readonly Point[], wide: number, end: number, colour: Rgb): void {
  const third = Math.ceil(points.length / 3);
  canvas.stroke(points.slice(0, third + 1), 0.0006, wide, colour);
  canvas.stroke(points.slice(third), wide, end, colour);
}

/** Ribbons of light that run up the face and meet in the lip, as a block cutter would leave them. */
function ribbons(canvas: Canvas, wave: Wave, seed: number): void {
  const random = randomFrom(seed);
  const tones = [hex("#f2ead4"), hex("#9cc0cf"), hex("#5f93b4"), hex("#c9dadb")];
  for (let n = 0; n < 15; n++) {
    const t = 0.1 + (0.88 * n) / 15 + 0.015 * random();
    const line = between(wave.back, wave.face, t);
    const first = Math.floor(line.length * (random() < 0.75 ? 0 : 0.1 * random()));
    const last = Math.floor(line.length * (0.84 + 0.13 * random()));
    const points = line.slice(first, last);
    const thick = mix(0.02, 0.009, Math.abs(t - 0.5) * 2) * (0.6 + 0.7 * random());
    taper(canvas, points, thick + 0.004, 0.004, INK);
    taper(canvas, points, thick, 0.0022, tones[n % 4]!);
    const shadow = points.map(([x, y]): Point => [x + thick * 0.42, y + thick * 0.25]);
    taper(canvas, shadow, thick * 0.3, 0.001, hex("#2c4a72"));
  }
}

function foam(canvas: Canvas, wave: Wave, seed: number): void {
  const random = randomFrom(seed);
  const drops: Drop[] = [];
  const { back, face, claws, reach } = wave;
  const tip = back[back.length - 1]!;
  const leftward = tip[0] < back[0]![0];
  for (let n = 0; n < claws * 7; n++) {
    const t = n / (claws * 7);
    const p = back[Math.floor(mix(0.3, 0.999, t) * (back.length - 1))]!;
    drops.push({
      x: p[0] + (random() - 0.5) * 0.008,
      y: p[1] + 0.006 + reach * 0.12 * random(),
      r: reach * mix(0.07, 0.2, t) * (0.6 + 0.6 * random()),
    });
  }
  for (let n = 0; n < claws; n++) {
    const t = n / (claws - 1);
    const index = Math.floor(mix(0.52, 0.995, t) * (back.length - 1));
    const p = back[index]!;
    const q = back[Math.max(0, index - 2)]!;
    const way = Math.atan2(p[1] - q[1], p[0] - q[0]);
    const hook = leftward ? -1 : 1;
    drops.push(
      ...claw(
        p[0],
        p[1],
        way + hook * (0.1 + 0.5 * random()),
        reach * mix(0.6, 1.05, t) * (0.7 + 0.5 * random()),
        hook,
        random,
        2,
      ),
    );
  }
  // The under side of the lip drips too.
  for (let n = 0; n < claws * 0.7; n++) {
    const p = face[Math.floor(mix(0.72, 0.99, n / (claws * 0.7)) * (face.length - 1))]!;
    drops.push(
      ...claw(
        p[0],
        p[1],
        Math.PI / 2 + (leftward ? -0.5 : 0.5) * random(),
        reach * 0.75 * (0.6 + 0.6 * random()),
        leftward ? -0.8 : 0.8,
        random,
        1,
      ),
    );
  }
  const line = 0.0026;
  for (const d of drops) canvas.disc(d.x, d.y, d.r + line, INK);
  for (const d of drops) canvas.disc(d.x, d.y, d.r, PALE);
  for (const d of drops) canvas.disc(d.x - d.r * 0.16, d.y - d.r * 0.22, d.r * 0.86, FOAM);
  for (let n = 0; n < claws * 9; n++) {
    const p = drops[Math.floor(random() * drops.length)]!;
    if (p.r > reach * 0.07)
      canvas.disc(
        p.x + p.r * (random() - 0.3),
        p.y + p.r * (random() - 0.2),
        p.r * 0.16,
        hex("#7ea6b8"),
        0.7,
      );
  }
  for (let n = 0; n < claws * 8; n++) {
    const p = drops[Math.floor(random() * drops.length)]!;
    const x = p.x + (random() - 0.35) * reach * 2.2 * (leftward ? -1 : 1);
    const y = p.y + (random() - 0.6) * reach * 1.4;
    const r = 0.0012 + 0.0035 * random() ** 2;
    canvas.disc(x, y, r + 0.0012, INK, 0.5);
    canvas.disc(x, y, r, FOAM);
  }
}

/** Washi: fibres, the grain of the block, a worn edge. */
const paper = (c: Rgb, x: number, y: number): Rgb => {
  const fibre = fbm(x * 60 + 9 * fbm(x * 7, y * 7, 2, 31), y * 60, 4, 32) - 0.5;
  const block = fbm(x * 2, y * 130, 3, 33) - 0.5;
  const k = 1 + 0.1 * fibre + 0.07 * block;
  const worn = clamp(noise(x * 300, y * 300, 34) * 1.6 - 1.2) * 0.2;
  return mixRgb([c[0] * k, c[1] * k, c[2] * k], hex("#f3e7cc"), 0.06 + worn);
};

export const wave: SamplePicture = {
  name: "wave",
  alt: { en: "A great wave in the manner of a woodblock print", zh: "木版画风格的巨浪" },
  async draw(size) {
    const canvas = new Canvas(size);
    canvas.shade(sky);
    await canvas.svg(`${MOUNTAIN}<rect y="735" width="1000" height="265" fill="#2b5a86"/>`);
    water(canvas);
    for (const [n, each] of [SMALL, GREAT, NEAR].entries()) {
      await canvas.svg(body(each, `w${n}`));
      ribbons(canvas, each, 50 + n);
      foam(canvas, each, 60 + n);
    }
    canvas.adjust(paper);
    return canvas.finish(0.02, 0.12);
  },
};
