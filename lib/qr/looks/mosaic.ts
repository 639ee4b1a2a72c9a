import { type Colour, type PathShape, rect, type Shape } from "../drawing/drawing";
import { QUIET_ZONE } from "../encode/code";
import { chance } from "./chance";
import { inkAndPaper, vivid, withLuma } from "./colours";
import { eachDataModule, functionPatterns } from "./function-patterns";
import type { DrawLook } from "./look";
import { blurBox, measureTones, type Tones } from "./tones";

const PER_MODULE = 3;
/** In modules: the joint between tiles, and how far a tile's corners stray from the lattice. */
const JOINT = 0.038;
const STRAY = 0.045;
/** The shaded rim at the bottom and right of a tile. */
const BEVEL = 0.045;
/** Luma of the joints, in a shade of the picture. */
const GROUT = 0.16;

/**
 * Hand-cut tiles in the picture's colours, nine a module: the middle one is pushed to its bit's side of the light
 * around it, the others keep the picture until strength draws them along.
 */
export const mosaic: DrawLook = (code, picture, options, strength) => {
  const { ink, paper } = inkAndPaper(options);
  const tones = measureTones(code, picture, PER_MODULE);
  const { side, tone } = tones;
  const light = settleTones(tones, code, strength);
  const shapes: Shape[] = [];
  const mean: Colour = [0, 1, 2].map((c) => {
    let sum = 0;
    for (let i = 0; i < tone.length; i += 7) sum += tones.colourAt(i)[c]!;
    return sum / Math.ceil(tone.length / 7);
  }) as unknown as Colour;
  const grout = withLuma(vivid(mean, 0.5), GROUT);
  shapes.push(rect(QUIET_ZONE, QUIET_ZONE, code.size, code.size, grout));
  const lattice = latticeOf(side, options.seed, 0.4 + 0.26 * strength);
  const tops: Shape[] = [];
  eachDataModule(code, (mx, my) => {
    for (let sy = 0; sy < PER_MODULE; sy++)
      for (let sx = 0; sx < PER_MODULE; sx++) {
        const x = mx * PER_MODULE + sx;
        const y = my * PER_MODULE + sy;
        const cell = y * side + x;
        const centre = sx === 1 && sy === 1;
        const vary = (chance(options.seed, cell * 3) - 0.5) * (centre ? 0.04 : 0.1) * (1 - strength);
        const level = Math.min(0.98, Math.max(0.02, light[cell]! + vary));
        const colour = vivid(tones.colourAt(cell), 1.4);
        shapes.push(tile(lattice, side, cell, JOINT / 2, JOINT / 2, glaze(withLuma(colour, level * 0.82))));
        tops.push(tile(lattice, side, cell, JOINT / 2, JOINT / 2 + BEVEL, glaze(withLuma(colour, level))));
      }
  });
  return {
    sideModules: code.size + 2 * QUIET_ZONE,
    background: paper,
    shapes: [...shapes, ...tops, ...functionPatterns(code, ink, paper)],
  };
};

/** The nearest of the glazes there are: finer steps than these no eye tells apart, and files grow by every colour. */
const glaze = ([r, g, b]: Colour): Colour => [
  Math.round(r / 5) * 5,
  Math.round(g / 5) * 5,
  Math.round(b / 5) * 5,
];

/** The light of every tile: middles on their side of the mean around them, the rest drawn along with strength. */
function settleTones({ side, tone }: Tones, code: Parameters<DrawLook>[0], strength: number): Float32Array {
  const light = tone.map((t) => 0.16 + 0.76 * t);
  const apart = 0.24 + 0.2 * strength;
  // Readers with one threshold for the whole picture put it nearer to white than to black.
  const lightest = 0.72 + 0.25 * Math.sqrt(strength);
  const darkest = 0.4 - 0.34 * strength;
  for (let round = 0; round < 3; round++) {
    const around = blurBox(light, side, 4);
    eachDataModule(code, (mx, my, dark) => {
      for (let sy = 0; sy < PER_MODULE; sy++)
        for (let sx = 0; sx < PER_MODULE; sx++) {
          const cell = (my * PER_MODULE + sy) * side + mx * PER_MODULE + sx;
          const middle = sx === 1 && sy === 1;
          const gap = middle ? apart : apart * strength * 1.2 - 0.25 * (1 - strength);
          const mean = around[cell]!;
          light[cell] = dark ? Math.min(light[cell]!, mean - gap) : Math.max(light[cell]!, mean + gap);
          if (middle) light[cell] = dark ? Math.min(light[cell]!, darkest) : Math.max(light[cell]!, lightest);
          light[cell] = Math.min(0.97, Math.max(0.03, light[cell]!));
        }
    });
  }
  return light;
}

/**
 * The lattice's corners where they really are, x and y in turn, in modules of the drawing.
 * @param middle side of a module's middle tile, in modules.
 */
function latticeOf(side: number, seed: number, middle: number): Float32Array {
  const row = side + 1;
  const within = [0, (1 - middle) / 2, (1 + middle) / 2];
  return Float32Array.from({ length: row * row * 2 }, (_, n) => {
    const along = n & 1 ? Math.floor((n >> 1) / row) : (n >> 1) % row;
    // The outermost corners keep to the symbol's edge.
    const stray = along === 0 || along === side ? 0 : (chance(seed ^ 0x5bd1e995, n) - 0.5) * 2 * STRAY;
    return Math.floor(along / PER_MODULE) + within[along % PER_MODULE]! + QUIET_ZONE + stray;
  });
}

/** A four-cornered tile, drawn in by `near` at its top and left and by `far` at its bottom and right. */
function tile(
  lattice: Float32Array,
  side: number,
  cell: number,
  near: number,
  far: number,
  fill: Colour,
): PathShape {
  const a = (cell + Math.floor(cell / side)) * 2;
  const d = a + (side + 1) * 2;
  return {
    kind: "path",
    fill,
    steps: [
      ["M", lattice[a]! + near, lattice[a + 1]! + near],
      ["L", lattice[a + 2]! - far, lattice[a + 3]! + near],
      ["L", lattice[d + 2]! - far, lattice[d + 3]! - far],
      ["L", lattice[d]! + near, lattice[d + 1]! - far],
      ["Z"],
    ],
  };
}
