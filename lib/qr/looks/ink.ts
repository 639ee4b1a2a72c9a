import type { Colour, PathShape, PathStep, Shape } from "../drawing/drawing";
import { type Code, QUIET_ZONE } from "../encode/code";
import { isFree } from "../encode/encode";
import { inkAndPaper } from "./colours";
import { functionPatterns } from "./function-patterns";
import type { DrawLook } from "./look";
import { blurBox, measureTones, type Tones } from "./tones";

/** Strokes a module. */
const STROKES = 3;
/** Steps a module along a stroke: one of them falls on every module's middle. */
const STEPS = 6;
/** Modules by which strokes rise over light places, as if laid over a relief, and the wave they all share. */
const RELIEF = 1.5;
const WAVE = 0.22;
const WAVE_LENGTH = 15;
/** Parts of the distance between strokes: the finest line, and one that closes the gap to its neighbours. */
const HAIRLINE = 0.1;
const SOLID = 1.16;

/**
 * An engraving in one ink: strokes that flow over the picture as over a relief, as wide as it is dark; around the
 * middle of a module they swell to solid or thin to nothing as its bit asks. Strength widens that middle.
 */
export const ink: DrawLook = (code, picture, options, strength) => {
  const colours = inkAndPaper(options);
  const tones = measureTones(code, picture, 2);
  const lift = reliefOf(tones);
  const bit = bitsOf(code, strength);
  const shapes: Shape[] = [];
  const first = -Math.ceil(RELIEF * STROKES) - 1;
  for (let k = first; k < code.size * STROKES - first; k++)
    shapes.push(...stroke(code, k, lift, (x, y) => bit(x, y, darknessOf(tones.toneAt(x, y))), colours.ink));
  return {
    sideModules: code.size + 2 * QUIET_ZONE,
    background: colours.paper,
    shapes: [...shapes, ...functionPatterns(code, colours.ink, colours.paper)],
  };
};

/** Part of the distance between strokes that is inked. */
const darknessOf = (tone: number): number => 0.06 + 0.86 * (1 - tone);

type Field = (x: number, y: number) => number;

/** Height of the relief in modules. */
function reliefOf(tones: Tones): Field {
  const reach = 2 * tones.perModule;
  let soft: Float32Array = tones.tone;
  for (let pass = 0; pass < 3; pass++) soft = blurBox(soft, tones.side, reach);
  return (x, y) => {
    const cell = (v: number): number => Math.min(tones.side - 1.001, Math.max(0, v * tones.perModule - 0.5));
    const [cx, cy] = [cell(x), cell(y)];
    const [ix, iy] = [Math.floor(cx), Math.floor(cy)];
    const [fx, fy] = [cx - ix, cy - iy];
    const i = iy * tones.side + ix;
    const below = Math.min(i + tones.side, soft.length - 2);
    const height =
      (soft[i]! * (1 - fx) + soft[i + 1]! * fx) * (1 - fy) +
      (soft[below]! * (1 - fx) + soft[below + 1]! * fx) * fy;
    return RELIEF * (height - 0.5) + WAVE * Math.sin((2 * Math.PI * (x + 0.35 * y)) / WAVE_LENGTH);
  };
}

/** What a bit makes of the picture's darkness at a place: all of it in the module's middle, nothing at its border. */
function bitsOf(code: Code, strength: number): (x: number, y: number, darkness: number) => number {
  const flat = 0.2 + 0.22 * strength;
  const fall = 0.16 - 0.06 * strength;
  return (x, y, darkness) => {
    const mx = Math.floor(x);
    const my = Math.floor(y);
    if (mx < 0 || my < 0 || mx >= code.size || my >= code.size) return 0;
    const m = my * code.size + mx;
    if (!isFree(code.roles[m]!)) return 0;
    // Between round and square.
    const dx = Math.abs(x - mx - 0.5);
    const dy = Math.abs(y - my - 0.5);
    const away = Math.max(dx, dy, (dx + dy) * 0.75);
    const held = Math.min(1, Math.max(0, (flat + fall - away) / fall));
    const drawn = Math.max(held, strength ** 2);
    return darkness + ((code.modules[m] ? SOLID : 0) - darkness) * drawn;
  };
}

/** One stroke across the symbol, in as many pieces as it is interrupted. */
function stroke(code: Code, k: number, lift: Field, inked: Field, fill: Colour): PathShape[] {
  const pieces: PathShape[] = [];
  const spacing = 1 / STROKES;
  const heightOf = (x: number, line: number): number => {
    const rest = (line + 0.5) * spacing;
    return rest - lift(x, rest);
  };
  let upper: PathStep[] = [];
  let lower: (readonly [number, number])[] = [];
  const finish = (): void => {
    if (upper.length > 1) {
      const back = lower.reverse().map(([x, y]): PathStep => ["L", x, y]);
      pieces.push({ kind: "path", fill, steps: [...upper, ...back, ["Z"]] });
    }
    upper = [];
    lower = [];
  };
  for (let i = 0; i <= code.size * STEPS; i++) {
    const x = i / STEPS;
    const y = heightOf(x, k);
    const room = Math.max(0.15, (heightOf(x, k + 1) - heightOf(x, k - 1)) / 2 / spacing) * spacing;
    const part = inked(Math.min(x, code.size - 1e-6), y);
    if (part < HAIRLINE * 0.5) {
      finish();
      continue;
    }
    const half = (Math.max(part, HAIRLINE) * room) / 2;
    upper.push([upper.length === 0 ? "M" : "L", x + QUIET_ZONE, y - half + QUIET_ZONE]);
    lower.push([x + QUIET_ZONE, y + half + QUIET_ZONE]);
  }
  finish();
  return pieces;
}
