import { Canvas, type Point } from "./canvas";
import { between, spline } from "./curves";
import { clamp, fbm, hex, mix, mixRgb, noise, type Rgb, randomFrom, scaleRgb, smoothstep } from "./noise";
import type { SamplePicture } from "./picture";

const FACE =
  "M500 262 C588 258 634 330 630 424 C627 508 588 596 512 628 C503 631 495 631 487 628 C412 596 374 508 370 424 C366 330 412 258 500 262Z";

const SKIN = `<defs>
  <clipPath id="face"><path d="${FACE}"/></clipPath>
  <linearGradient id="skin" x1="0.1" y1="0.1" x2="1" y2="0.75"><stop offset="0" stop-color="#fbe0c8"/><stop offset="0.5" stop-color="#f1c4a4"/><stop offset="1" stop-color="#b97a62"/></linearGradient>
  <linearGradient id="neck" x1="0" y1="0" x2="0.9" y2="0.9"><stop offset="0" stop-color="#b87a62"/><stop offset="0.55" stop-color="#e5b494"/><stop offset="1" stop-color="#b17158"/></linearGradient>
  <radialGradient id="blush"><stop offset="0" stop-color="#e0705f" stop-opacity="0.55"/><stop offset="1" stop-color="#e0705f" stop-opacity="0"/></radialGradient>
  <radialGradient id="bright"><stop offset="0" stop-color="#fff3e2" stop-opacity="0.85"/><stop offset="1" stop-color="#fff3e2" stop-opacity="0"/></radialGradient>
  <linearGradient id="upper" x2="0" y2="1"><stop offset="0" stop-color="#b5443f"/><stop offset="1" stop-color="#7f2530"/></linearGradient>
  <linearGradient id="lower" x2="0" y2="1"><stop offset="0" stop-color="#b5404a"/><stop offset="0.6" stop-color="#d4615c"/><stop offset="1" stop-color="#a84a48"/></linearGradient>
  <linearGradient id="lid" x2="0" y2="1"><stop offset="0" stop-color="#c98a70"/><stop offset="0.55" stop-color="#e6b090"/><stop offset="1" stop-color="#a5604f"/></linearGradient>
  <filter id="b4" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="4"/></filter>
  <filter id="b9" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="9"/></filter>
  <filter id="b22" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="22"/></filter>
</defs>`;

const NECK = `<path d="M424 560 C428 660 424 706 396 742 C340 786 262 800 196 850 L150 1010 L860 1010 L812 850 C746 800 668 786 606 742 C580 706 576 660 580 560Z" fill="url(#neck)"/>
  <path d="M424 590 C470 668 540 668 582 590 L588 690 C548 716 520 742 508 780 C486 720 450 690 420 690Z" fill="#8a4a40" fill-opacity="0.6" filter="url(#b22)"/>
  <path d="M404 744 C440 790 480 812 500 816 C530 806 566 786 600 744" stroke="#8f5142" stroke-opacity="0.55" stroke-width="9" fill="none" filter="url(#b4)"/>`;

function closedEye(side: -1 | 1): string {
  const at = `translate(${500 + side * 64} 428) scale(${side} 1)`;
  let lashes = "";
  for (let n = 0; n < 15; n++) {
    const t = n / 14;
    const x = -44 + 92 * t;
    const y = 6 + 15 * Math.sin(t * 2.75 + 0.25);
    const long = 6 + 11 * t;
    lashes += `<path d="M${x} ${y}q${2 + 6 * t} ${long * 0.8} ${5 + 13 * t} ${long}" stroke="#2a1512" stroke-width="${2.6 - t * 0.6}" fill="none" stroke-linecap="round"/>`;
  }
  return `<g transform="${at}">
    <path d="M-56 2 C-34 -44 30 -50 62 -6 C40 -30 -20 -26 -56 2Z" fill="#8f5040" fill-opacity="0.5" filter="url(#b4)"/>
    <path d="M-50 6 C-30 -26 26 -34 54 2 C30 30 -26 30 -50 6Z" fill="url(#lid)"/>
    <ellipse cx="0" cy="-6" rx="26" ry="9" fill="#ffe6d0" fill-opacity="0.55" filter="url(#b4)"/>
    <path d="M-46 -12 C-24 -38 28 -42 58 -10" stroke="#8a4c3c" stroke-opacity="0.8" stroke-width="3" fill="none" stroke-linecap="round"/>
    <path d="M-50 5 C-28 28 28 30 58 -2" stroke="#2a1512" stroke-width="5.5" fill="none" stroke-linecap="round"/>${lashes}
    <path d="M-44 38 C-14 56 26 52 50 36" stroke="#a9654f" stroke-opacity="0.3" stroke-width="7" fill="none" filter="url(#b4)"/></g>`;
}

const FEATURES = `<path d="${FACE}" fill="url(#skin)"/><g clip-path="url(#face)">
  <path d="M640 230 C560 300 590 380 578 450 C590 520 560 590 500 640 L700 660Z" fill="#8f4c44" fill-opacity="0.5" filter="url(#b22)"/>
  <path d="M350 560 C420 640 580 640 650 540 L660 680 L340 680Z" fill="#8f4c44" fill-opacity="0.32" filter="url(#b22)"/>
  <path d="M360 240 L640 240 L640 300 C560 272 440 272 360 310Z" fill="#6b3430" fill-opacity="0.55" filter="url(#b22)"/>
  <ellipse cx="408" cy="494" rx="62" ry="48" fill="url(#blush)"/><ellipse cx="592" cy="494" rx="58" ry="48" fill="url(#blush)"/>
  <ellipse cx="440" cy="336" rx="80" ry="48" fill="url(#bright)" opacity="0.75"/><ellipse cx="424" cy="470" rx="40" ry="26" fill="url(#bright)" opacity="0.75"/>
  <ellipse cx="496" cy="606" rx="34" ry="18" fill="url(#bright)" opacity="0.4"/></g>
  <path d="M478 396 C484 376 470 362 446 366" stroke="#9a5a48" stroke-opacity="0.5" stroke-width="10" fill="none" filter="url(#b9)"/>
  <path d="M524 384 C516 410 520 452 530 486 C538 504 532 520 514 522 C506 500 506 440 508 400Z" fill="#9a5446" fill-opacity="0.55" filter="url(#b9)"/>
  <path d="M494 400 C490 440 490 470 494 500" stroke="#fff0de" stroke-opacity="0.8" stroke-width="9" fill="none" filter="url(#b4)"/>
  <ellipse cx="497" cy="504" rx="12" ry="9" fill="#fff3e4" fill-opacity="0.75" filter="url(#b4)"/>
  <path d="M462 512 C466 526 484 522 498 529 C512 522 530 526 536 512 C530 536 514 532 498 536 C484 532 468 536 462 512Z" fill="#8a4338" fill-opacity="0.65" filter="url(#b4)"/>
  <ellipse cx="480" cy="522" rx="7" ry="3.4" fill="#5f2722" fill-opacity="0.85"/><ellipse cx="517" cy="522" rx="7" ry="3.4" fill="#5f2722" fill-opacity="0.85"/>
  <path d="M450 567 C470 557 486 553 499 560 C512 553 530 557 550 567 C530 573 512 577 500 577 C486 577 468 573 450 567Z" fill="url(#upper)"/>
  <path d="M450 567 C468 573 486 577 500 577 C514 577 532 573 550 567 C538 595 520 604 500 604 C480 604 462 595 450 567Z" fill="url(#lower)"/>
  <path d="M444 564 C470 577 486 575 500 579 C514 575 530 577 556 564" stroke="#571a22" stroke-width="3.2" fill="none" stroke-linecap="round"/>
  <ellipse cx="490" cy="589" rx="20" ry="5" fill="#ffd9d0" fill-opacity="0.6" filter="url(#b4)"/>
  <path d="M466 612 C486 622 514 622 534 612" stroke="#8f4c40" stroke-opacity="0.45" stroke-width="9" fill="none" filter="url(#b4)"/>`;

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

function wreath(canvas: Canvas): void {
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
