import type { Canvas, Point } from "./canvas";
import { hex, mixRgb, noise, type Rgb, randomFrom, scaleRgb } from "./noise";

/** A peony: rings of cupped petals, pale edges, a deep heart. */
function peony(canvas: Canvas, x: number, y: number, r: number, tint: Rgb, seed: number): void {
  const random = randomFrom(seed);
  canvas.disc(x + r * 0.06, y + r * 0.1, r * 1.02, hex("#2a0d10"), 0.35);
  for (let ring = 0; ring < 6; ring++) {
    const petals = 11 - ring;
    const reach = r * (1 - ring * 0.165);
    for (let p = 0; p < petals; p++) {
      const a = (p / petals) * 6.283 + ring * 0.7 + random() * 0.25;
      const [cx, cy] = [x + Math.cos(a) * reach * 0.56, y + Math.sin(a) * reach * 0.56];
      const light = 0.84 - 0.16 * Math.cos(a - 0.9) * 0.9;
      for (let k = 0; k < 9; k++) {
        const t = k / 8;
        const size = reach * 0.5 * (1 - t * 0.82);
        const inward = t * reach * 0.3;
        const c = mixRgb(
          scaleRgb(mixRgb(hex("#fff0ea"), tint, 0.35), light + 0.12),
          scaleRgb(tint, light * 0.62),
          t ** 0.75,
        );
        canvas.disc(cx - Math.cos(a) * inward, cy - Math.sin(a) * inward, size, c, 0.85);
      }
    }
  }
  for (let k = 0; k < 26; k++)
    canvas.disc(
      x + (random() - 0.5) * r * 0.24,
      y + (random() - 0.5) * r * 0.24,
      r * 0.028,
      mixRgb(hex("#ffdc6e"), hex("#c98418"), random()),
    );
}

function leaf(canvas: Canvas, x: number, y: number, angle: number, long: number): void {
  const tip = (t: number, s: number): Point => [
    x + Math.cos(angle) * long * t - Math.sin(angle) * s,
    y + Math.sin(angle) * long * t + Math.cos(angle) * s,
  ];
  for (let k = 0; k < 26; k++) {
    const t = k / 25;
    const wide = long * 0.2 * Math.sin(Math.PI * t ** 0.8);
    for (const side of [-1, 1])
      canvas.stroke(
        [tip(t, 0), tip(Math.min(1, t + 0.14), side * wide)],
        long * 0.06,
        long * 0.012,
        mixRgb(hex("#174a3c"), hex("#6fa06a"), (side > 0 ? 0.15 : 0.55) + 0.25 * noise(k, angle * 9)),
      );
  }
}

/** Peonies, leaves and berries in an arc over the brow. */
export function wreath(canvas: Canvas): void {
  const rose = [hex("#d9485a"), hex("#f08a7a"), hex("#c8325a"), hex("#f4b183"), hex("#e0607a")];
  const arc = (t: number): Point => [
    0.5 - 0.2 * Math.cos(t * Math.PI),
    0.285 - 0.135 * Math.sin(t * Math.PI),
  ];
  for (let n = 0; n < 17; n++) {
    const [x, y] = arc(n / 16);
    const out = Math.atan2(y - 0.4, x - 0.5);
    leaf(canvas, x, y, out + (n % 2 ? 0.55 : -0.45), 0.085);
  }
  for (const [n, [t, r]] of (
    [
      [0.02, 0.045],
      [0.98, 0.043],
      [0.17, 0.058],
      [0.83, 0.056],
      [0.66, 0.062],
      [0.34, 0.066],
      [0.5, 0.072],
    ] as const
  ).entries()) {
    const [x, y] = arc(t);
    peony(canvas, x, y, r, rose[n % rose.length]!, 60 + n);
  }
  const random = randomFrom(91);
  for (let n = 0; n < 44; n++) {
    const [x, y] = arc(random());
    canvas.disc(
      x + (random() - 0.5) * 0.08,
      y + (random() - 0.5) * 0.07,
      0.0035 + 0.003 * random(),
      mixRgb(hex("#fff6dc"), hex("#9fc3d8"), random()),
      0.95,
    );
  }
}
