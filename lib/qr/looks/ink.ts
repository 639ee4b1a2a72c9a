import { type Colour, type PathShape, type PathStep, rect, type Shape } from "../drawing/drawing";
import { type Code, QUIET_ZONE } from "../encode/code";
import { isFree } from "../encode/encode";
import { inkAndPaper } from "./colours";
import { functionPatterns } from "./function-patterns";
import type { DrawLook } from "./look";
import { blurBox, measureTones, planeAt, type Tones } from "./tones";

/** Strokes a module. */
const STROKES = 4;
const SPACING = 1 / STROKES;
/** Steps a module along a stroke: one of them falls on every module's middle. */
const STEPS = 8;
/** Modules by which strokes rise over light places, as if laid over a relief, and the wave they all share. */
const RELIEF = 2.4;
const WAVE = 0.3;
const WAVE_LENGTH = 17;
/** Parts of the distance between strokes: the finest line, and one that closes the gap to its neighbours. */
const HAIRLINE = 0.09;
const SOLID = 1.2;

/**
 * An engraving in one ink: strokes that flow over the picture as over a relief, as wide as it is dark. In the middle
 * of a dark module they swell until they meet; around that of a light one they part, as grain does around a knot.
 * Strength widens both.
 */
export const ink: DrawLook = (code, picture, options, strength) => {
  const colours = inkAndPaper(options);
  const tones = measureTones(code, picture, 3);
  const lift = reliefOf(tones);
  const lines = engrave(code, lift);
  const pen = penOf(code, tones, strength);
  const shapes: Shape[] = [];
  for (let k = 1; k < lines.length - 1; k++)
    shapes.push(...stroke(code.size, lines[k - 1]!, lines[k]!, lines[k + 1]!, pen, colours.ink));
  return {
    sideModules: code.size + 2 * QUIET_ZONE,
    background: colours.paper,
    shapes: [
      ...shapes,
      ...frame(code.size, colours.paper),
      ...functionPatterns(code, colours.ink, colours.paper),
    ],
  };
};

/** The quiet zone, laid over what strokes stand out. */
function frame(size: number, paper: Colour): Shape[] {
  const q = QUIET_ZONE;
  const side = size + 2 * q;
  return [
    rect(0, 0, side, q, paper),
    rect(0, q + size, side, q, paper),
    rect(0, q, q, size, paper),
    rect(q + size, q, q, size, paper),
  ];
}

type Field = (x: number, y: number) => number;

/** How far strokes are lifted, in modules. */
function reliefOf(tones: Tones): Field {
  let soft: Float32Array = tones.tone;
  for (let pass = 0; pass < 3; pass++) soft = blurBox(soft, tones.side, 2 * tones.perModule);
  const height = planeAt(soft, tones.side, tones.perModule);
  return (x, y) =>
    RELIEF * (height(x, y) - 0.5) + WAVE * Math.sin((2 * Math.PI * (x + 0.35 * y)) / WAVE_LENGTH);
}

/** The strokes' middle lines from above the symbol to below it: y at every step along x. */
function engrave(code: Code, lift: Field): Float32Array[] {
  const beyond = Math.ceil((RELIEF + WAVE) * STROKES);
  return Array.from({ length: code.size * STROKES + 2 * beyond }, (_, k) => {
    const rest = (k - beyond + 0.5) * SPACING;
    return Float32Array.from({ length: code.size * STEPS + 1 }, (_, i) => rest - lift(i / STEPS, rest));
  });
}

/** Where a stroke that is drawn through (x, y) really runs, and half its width; 0 where it is interrupted. */
type Pen = (
  x: number,
  y: number,
  room: number,
  middleOf: (x: number) => number,
) => { y: number; half: number };

function penOf(code: Code, tones: Tones, strength: number): Pen {
  const { size } = code;
  // Half the height of the open middle of a light module, and of the solid middle of a dark one.
  const open = 0.13 + 0.22 * strength;
  const solid = 0.1 + 0.33 * strength;
  return (x, y, room, middleOf) => {
    const mx = Math.floor(x);
    const my = Math.floor(y);
    const m = my * size + mx;
    if (my < 0 || my >= size) return { y, half: 0 };
    const inked = Math.max(HAIRLINE, 0.04 + 0.9 * (1 - tones.toneAt(x, y)));
    // What is no data is laid over the strokes.
    if (!isFree(code.roles[m]!)) return { y, half: (inked * room) / 2 };
    const dark = code.modules[m] === 1;
    const along = Math.abs(x - mx - 0.5);
    const across = y - my - 0.5;
    if (dark) {
      const away = Math.max(along, Math.abs(across), (along + Math.abs(across)) * 0.72);
      const held = Math.max(ease((solid + 0.18 - away) / 0.18), strength ** 3);
      return { y, half: ((inked + (Math.max(SOLID, inked) - inked) * held) * room) / 2 };
    }
    const part = inked * (1 - strength ** 3);
    const near = ease((0.5 - along) / 0.42);
    // A stroke near the middle is thinned as well as moved, so that there is room for both.
    const thin = 1 - 0.45 * near * ease((0.5 - Math.abs(across)) / 0.35);
    const half = (part * thin * room) / 2;
    // Above or below is settled in the middle, so that no stroke changes sides on its way past.
    const side = middleOf(mx + 0.5) < my + 0.5 ? -1 : 1;
    const short = Math.max(0, open + half - side * across);
    return { y: y + side * short * near, half };
  };
}

const ease = (t: number): number => {
  const s = Math.min(1, Math.max(0, t));
  return s * s * (3 - 2 * s);
};

type Point = readonly [x: number, y: number];

/** Modules by which an edge may miss a point that is left out. */
const TOLERANCE = 0.006;

/** Without points, never two in a row, that lie on the line between their neighbours. */
function thinned(points: readonly Point[]): Point[] {
  let left = false;
  return points.filter(([, y], i) => {
    const straight = Math.abs(y - ((points[i - 1]?.[1] ?? 99) + (points[i + 1]?.[1] ?? 99)) / 2) < TOLERANCE;
    left = straight && !left;
    return !left;
  });
}

/** One stroke across the symbol, in as many pieces as it is interrupted. */
function stroke(
  size: number,
  above: Float32Array,
  line: Float32Array,
  below: Float32Array,
  pen: Pen,
  fill: Colour,
): PathShape[] {
  const pieces: PathShape[] = [];
  let upper: Point[] = [];
  let lower: Point[] = [];
  const finish = (): void => {
    if (upper.length > 1) {
      const around = [...thinned(upper), ...thinned(lower).reverse()];
      const steps = around.map(([x, y], i): PathStep => [i === 0 ? "M" : "L", x, y]);
      pieces.push({ kind: "path", fill, steps: [...steps, ["Z"]] });
    }
    upper = [];
    lower = [];
  };
  const middleOf = (x: number): number => line[Math.round(x * STEPS)]!;
  for (let i = 0; i <= size * STEPS; i++) {
    const x = i / STEPS;
    const room = Math.max(0.1, (below[i]! - above[i]!) / 2);
    const { y, half } = pen(Math.min(x, size - 1e-6), line[i]!, room, middleOf);
    if (half < 0.005) {
      finish();
      continue;
    }
    upper.push([x + QUIET_ZONE, y - half + QUIET_ZONE]);
    lower.push([x + QUIET_ZONE, y + half + QUIET_ZONE]);
  }
  finish();
  return pieces;
}
