import { Canvas, type Point } from "./canvas";
import { clamp, fbm, hex, mix, mixRgb, noise, type Rgb, randomFrom, scaleRgb, smoothstep } from "./noise";
import type { SamplePicture } from "./picture";

const NOSE = { x: 0.5, y: 0.55 };
const EYES = [
  { x: 0.392, y: 0.452, side: -1 },
  { x: 0.608, y: 0.452, side: 1 },
] as const;

/** Below 1 inside the head, a broad heart of a shape: wide cheeks, narrow crown. */
function headShape(x: number, y: number): number {
  const v = (y - 0.47) / (y < 0.47 ? 0.235 : 0.225);
  const width = 0.275 * (1 + 0.1 * Math.sin(clamp(v, -1, 1) * 1.9));
  return Math.hypot((x - 0.5) / width, v);
}

/** Where the fur points: away from the nose, then down. */
function flow(x: number, y: number): Point {
  let dx = x - NOSE.x;
  let dy = y - NOSE.y + 0.02;
  const away = Math.hypot(dx, dy) + 1e-6;
  dx /= away;
  dy /= away;
  dy += smoothstep(0.05, 0.35, away) * smoothstep(0.38, 0.68, y) * 1.3;
  const wobble = (fbm(x * 9, y * 9, 3, 4) - 0.5) * 0.9;
  const angle = Math.atan2(dy, dx) + wobble;
  return [Math.cos(angle), Math.sin(angle)];
}

/** Ginger tabby with a white bib: the colour of the coat before light falls on it. */
function coat(x: number, y: number, body: boolean): Rgb {
  const u = Math.abs(x - 0.5);
  const warm = fbm(x * 7, y * 7, 4, 9);
  let c = mixRgb(hex("#c9712c"), hex("#eba458"), warm);
  const dark = hex("#7c3713");
  if (body) {
    const bands = Math.sin(y * 52 + u * 34 + fbm(x * 5, y * 5, 3, 12) * 5);
    c = mixRgb(c, dark, smoothstep(0.1, 0.8, bands) * 0.75);
    return mixRgb(
      c,
      hex("#fff4e4"),
      smoothstep(0.19, 0.1, u + 0.05 * (fbm(x * 9, y * 9, 3, 14) - 0.5) - (y - 0.75) * 0.1),
    );
  }
  const bend = fbm(x * 6, y * 6, 3, 15) - 0.5;
  const brow =
    Math.sin(u * 118 + bend * 2.4 + (y - 0.3) * 22) * smoothstep(0.41, 0.33, y) * smoothstep(0.135, 0.09, u);
  const cheek =
    Math.sin((y - 0.3) * 74 - u * 46 + bend * 3.2) * smoothstep(0.115, 0.19, u) * smoothstep(0.34, 0.42, y);
  c = mixRgb(c, dark, smoothstep(0.15, 0.75, Math.max(brow, cheek)) * 0.85);
  for (const eye of EYES) {
    const d = Math.hypot((x - eye.x) * 0.85, (y - eye.y) * 1.25);
    c = mixRgb(c, hex("#ffe3bd"), smoothstep(0.105, 0.06, d) * 0.6);
  }
  const muzzle = Math.hypot((x - 0.5) * 0.9, (y - 0.63) * 1.15);
  const blaze = u * 2.6 + (0.56 - y) * 0.62;
  const white = Math.max(
    smoothstep(0.145, 0.1, muzzle + 0.03 * bend),
    y < 0.6 ? smoothstep(0.12, 0.06, blaze) : 0,
  );
  return mixRgb(c, hex("#fffaf0"), white);
}

/** Light from the upper left, a cool edge on the right. */
function lit(colour: Rgb, x: number, y: number, body: boolean): Rgb {
  const h = body ? 0.5 : clamp(headShape(x, y));
  const nx = ((x - 0.5) / 0.29) * h;
  const ny = ((y - 0.47) / 0.24) * h;
  const light = clamp(0.86 - nx * 0.26 - ny * 0.3, 0.25, 1.25);
  const socket = EYES.reduce(
    (a, e) => a * (1 - 0.3 * Math.exp(-(((x - e.x) ** 2 + (y - e.y) ** 2) * 300))),
    1,
  );
  const bridge =
    1 -
    0.16 *
      smoothstep(0.02, 0.045, Math.abs(x - 0.5)) *
      smoothstep(0.1, 0.05, Math.abs(x - 0.5)) *
      smoothstep(0.38, 0.48, y) *
      smoothstep(0.6, 0.52, y);
  const shade = body ? mix(0.42, 0.88, smoothstep(0.64, 0.9, y)) * (1.1 - 0.5 * x) : light * socket * bridge;
  const rim = smoothstep(0.72, 1, h) * smoothstep(0.55, 0.75, x) * (body ? 0 : 0.35);
  const c = scaleRgb(colour, shade);
  return mixRgb([c[0], c[1] * 0.985, c[2] * (0.8 + 0.22 * shade)], hex("#8fd0e8"), rim);
}

interface Hair {
  x: number;
  y: number;
  order: number;
}

function combed(x: number, y: number, length: number, random: () => number): Point[] {
  const points: Point[] = [[x, y]];
  let [px, py] = [x, y];
  const stray = (random() - 0.5) * 0.55;
  for (let k = 0; k < 5; k++) {
    const [dx, dy] = flow(px, py);
    const cos = Math.cos(stray);
    const sin = Math.sin(stray);
    px += ((dx * cos - dy * sin) * length) / 5;
    py += ((dx * sin + dy * cos) * length) / 5;
    points.push([px, py]);
  }
  return points;
}

function fur(
  canvas: Canvas,
  count: number,
  body: boolean,
  inside: (x: number, y: number) => boolean,
  seed: number,
): void {
  const random = randomFrom(seed);
  const hairs: Hair[] = [];
  while (hairs.length < count) {
    const x = random();
    const y = random() * 1.05;
    if (!inside(x, y)) continue;
    hairs.push({ x, y, order: Math.hypot(x - NOSE.x, y - NOSE.y) + 0.05 * random() });
  }
  // Hair lies over the hair that it grows towards: outermost first, down the body from below.
  hairs.sort((a, b) => (body ? b.y - a.y : b.order - a.order));
  for (const { x, y } of hairs) {
    const far = Math.hypot(x - NOSE.x, y - NOSE.y);
    const length = (body ? 0.075 : mix(0.016, 0.062, smoothstep(0.05, 0.27, far))) * (0.7 + 0.6 * random());
    const tone = 0.74 + 0.5 * random() * (0.6 + 0.8 * noise(x * 40, y * 40, 3));
    const colour = scaleRgb(lit(coat(x, y, body), x, y, body), tone);
    canvas.stroke(combed(x, y, length, random), body ? 0.0034 : 0.0027, 0.0006, colour, 0.82);
  }
}

function ears(canvas: Canvas): void {
  const random = randomFrom(21);
  for (const side of [-1, 1]) {
    const place = (u: number, v: number): Point => [
      0.5 + side * (0.15 + 0.075 * v + (u - 0.5) * 0.22 * (1 - v) ** 0.62),
      0.345 - 0.225 * v + (u - 0.5) * 0.09 * (1 - v),
    ];
    for (let n = 0; n < 5200; n++) {
      const v = (1 - n / 5200) ** 1.1;
      const u = random();
      const [x, y] = place(u, v);
      const inner = smoothstep(0.14, 0.27, u) * smoothstep(0.92, 0.78, u) * smoothstep(0.86, 0.7, v);
      const outer = mixRgb(hex("#a85621"), hex("#e39a50"), random());
      const skin = mixRgb(hex("#d98d7c"), hex("#8c4438"), smoothstep(0.5, 0.1, v));
      const colour = scaleRgb(mixRgb(outer, skin, inner), (side < 0 ? 1 : 0.78) * (0.75 + 0.35 * random()));
      const tip = place(u + (random() - 0.5) * 0.12, Math.min(1.04, v + 0.1));
      canvas.stroke([[x, y], tip], 0.004, 0.0008, colour, 0.9);
    }
    for (let n = 0; n < 90; n++) {
      const from = place(0.12 + 0.2 * random(), 0.05 + 0.4 * random());
      const to = place(0.55 + 0.3 * random(), 0.25 + 0.5 * random());
      const middle: Point = [(from[0] + to[0]) / 2 - side * 0.01, (from[1] + to[1]) / 2 - 0.02];
      canvas.stroke([from, middle, to], 0.0022, 0.0004, hex("#ffe9cf"), 0.55);
    }
  }
}

function eye({ x, y, side }: (typeof EYES)[number]): string {
  const id = side < 0 ? "l" : "r";
  const at = `translate(${x * 1000} ${y * 1000}) scale(${side} 1) rotate(-9)`;
  const almond =
    "M-62 22 C-50 -8 -22 -48 14 -46 C44 -44 62 -18 66 -12 C58 18 34 44 4 46 C-22 47 -44 34 -62 22Z";
  return `<defs><clipPath id="${id}"><path d="${almond}"/></clipPath>
    <radialGradient id="i${id}" cx="0.5" cy="0.58" r="0.56"><stop offset="0.12" stop-color="#f6ef9a"/><stop offset="0.45" stop-color="#a9c94a"/><stop offset="0.8" stop-color="#4d8f52"/><stop offset="1" stop-color="#1c4a3a"/></radialGradient>
    <linearGradient id="s${id}" x2="0" y2="1"><stop offset="0" stop-color="#0b0705" stop-opacity="0.85"/><stop offset="0.45" stop-color="#0b0705" stop-opacity="0"/></linearGradient></defs>
    <g transform="${at}"><path d="${almond}" fill="#241008" stroke="#241008" stroke-width="15" stroke-linejoin="round"/>
    <path d="M-62 22 Q-76 34 -84 50" fill="none" stroke="#241008" stroke-width="10" stroke-linecap="round"/>
    <g clip-path="url(#${id})"><rect x="-80" y="-60" width="160" height="120" fill="#3a5a38"/><circle cx="3" cy="0" r="54" fill="url(#i${id})"/>
    ${Array.from({ length: 64 }, (_, n) => {
      const a = (n / 64) * 6.283 + noise(n, 3) * 0.06;
      const r = 22 + 10 * noise(n * 1.7, 8);
      const e = 42 + 10 * noise(n * 2.3, 5);
      return `<path d="M${3 + r * Math.cos(a)} ${r * Math.sin(a)}L${3 + e * Math.cos(a)} ${e * Math.sin(a)}" stroke="${n % 2 ? "#f4f0a8" : "#2f6b44"}" stroke-opacity="0.42" stroke-width="2"/>`;
    }).join("")}
    <path transform="translate(3 0) rotate(9)" d="M0 -45 C28 -26 28 26 0 45 C-28 26 -28 -26 0 -45Z" fill="#080606"/><rect x="-80" y="-60" width="160" height="120" fill="url(#s${id})"/>
    <ellipse cx="${side * -20}" cy="-19" rx="12" ry="15" fill="#ffffff" fill-opacity="0.95"/><ellipse cx="${side * 22}" cy="24" rx="9" ry="6" fill="#eaffff" fill-opacity="0.4"/></g></g>`;
}

const NOSE_AND_MOUTH = `<defs><linearGradient id="n" x2="0" y2="1"><stop offset="0" stop-color="#eaa497"/><stop offset="0.6" stop-color="#cf7468"/><stop offset="1" stop-color="#7e3832"/></linearGradient>
  <filter id="b"><feGaussianBlur stdDeviation="5"/></filter></defs>
  <path d="M500 600 C498 640 460 655 428 640 M500 600 C502 640 540 655 572 640" fill="none" stroke="#6b3a2a" stroke-opacity="0.5" stroke-width="12" filter="url(#b)"/>
  <path d="M500 590 L500 618 C494 640 462 652 434 638 M500 618 C506 640 538 652 566 638" fill="none" stroke="#4a221b" stroke-width="5" stroke-linecap="round"/>
  <path d="M456 552 C470 540 530 540 544 552 C548 566 522 590 500 596 C478 590 452 566 456 552Z" fill="url(#n)"/>
  <path d="M466 566 q10 10 22 8 M534 566 q-10 10 -22 8" fill="none" stroke="#5a211d" stroke-width="5" stroke-linecap="round"/>
  <path d="M474 552 q26 -7 52 0" fill="none" stroke="#ffe3da" stroke-opacity="0.75" stroke-width="5" stroke-linecap="round"/>`;

function whiskers(canvas: Canvas): void {
  const random = randomFrom(8);
  for (const side of [-1, 1])
    for (let n = 0; n < 11; n++) {
      const x = 0.5 + side * (0.055 + 0.03 * random());
      const y = 0.597 + 0.045 * (n / 11) + 0.008 * random();
      canvas.disc(x, y, 0.0028, hex("#5d3a2a"), 0.55);
      const reach = 0.24 + 0.14 * random();
      const lift = mix(-0.09, 0.1, n / 10) + 0.03 * (random() - 0.5);
      const points: Point[] = Array.from({ length: 13 }, (_, k) => {
        const t = k / 12;
        return [x + side * reach * t, y + lift * t - 0.03 * Math.sin(t * 2.4) + 0.05 * t * t];
      });
      canvas.stroke(points, 0.0034, 0.0006, hex("#fffdf6"), 0.9);
    }
}

export const cat: SamplePicture = {
  name: "cat",
  alt: { en: "A ginger tabby cat looks straight at you", zh: "一只橘色虎斑猫正看着你" },
  async draw(size) {
    const canvas = new Canvas(size);
    canvas.shade((x, y) => {
      const glow = Math.exp(-((x - 0.3) ** 2 + (y - 0.3) ** 2) * 3.2);
      const c = mixRgb(hex("#0d3540"), hex("#4f9a94"), glow * 0.9 + 0.12 * (fbm(x * 3, y * 3, 4, 2) - 0.5));
      return scaleRgb(c, 1 - 0.4 * smoothstep(0.5, 1, y));
    });
    const random = randomFrom(3);
    for (let n = 0; n < 26; n++) {
      const [x, y, r] = [random(), random() * 0.9, 0.02 + 0.05 * random()];
      canvas.disc(x, y, r, mixRgb(hex("#ffdf9c"), hex("#8fe0d0"), random()), 0.05 + 0.1 * random());
    }
    fur(
      canvas,
      26000,
      true,
      (x, y) =>
        Math.abs(x - 0.5) < 0.15 + 0.66 * (y - 0.6) + 0.02 * (noise(x * 70, y * 70, 6) - 0.5) && y > 0.6,
      41,
    );
    ears(canvas);
    canvas.adjust((c, x, y) =>
      mixRgb(c, lit(coat(x, y, false), x, y, false), smoothstep(0.98, 0.85, headShape(x, y))),
    );
    fur(canvas, 34000, false, (x, y) => headShape(x, y) < 1 + 0.05 * (noise(x * 60, y * 60, 2) - 0.5), 42);
    await canvas.svg(EYES.map(eye).join("") + NOSE_AND_MOUTH);
    whiskers(canvas);
    return canvas.finish(0.02, 0.25);
  },
};
