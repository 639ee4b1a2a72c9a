import { beforeAll, describe, expect, test } from "vitest";
import { loadDecoders } from "@/lib/codes/load-decoders";
import { rasterize } from "@/lib/qr/drawing/rasterize";
import { blockPlan } from "@/lib/qr/encode/capacity";
import { type Code, ECC_LEVELS, QUIET_ZONE, Role } from "@/lib/qr/encode/code";
import { encode, isFree, layMessage } from "@/lib/qr/encode/encode";
import { fitCode } from "@/lib/qr/freedom/fit-code";
import type { Decoder } from "@/lib/qr/jury/decoders";
import { inkAndPaper, lumaOf, withLuma } from "@/lib/qr/looks/colours";
import { DRAWN } from "@/lib/qr/looks/draw-look";
import { coveredCodewords, logoModules } from "@/lib/qr/looks/logo";
import type { LookOptions } from "@/lib/qr/looks/look";
import { outlineOf } from "@/lib/qr/looks/outline";
import type { Gray, Raster } from "@/lib/qr/raster";
import { gridOf } from "@/lib/qr/weave/grid";
import { toGray } from "@/lib/qr/weave/luma";

const TEXT = "https://example.com/menu";
const VERSION = 5;
const grid = gridOf(VERSION, 900);
const OPTIONS: LookOptions = {
  colours: { dark: "#1b1b2f", light: "#fffaf0" },
  cornerRadius: 0.4,
  logo: false,
  seed: 1,
};
const NAMES = Object.keys(DRAWN) as (keyof typeof DRAWN)[];
const PICTORIAL = NAMES.filter((name) => name !== "classic");

/** A ball in front of a sky: smooth, edges, every tone, several hues. */
function ballPicture(side = 222): Raster {
  const data = new Uint8ClampedArray(side * side * 4);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [u, v] = [x / side - 0.55, y / side - 0.55];
      const shade = Math.max(0, 1 - Math.hypot(u + 0.1, v + 0.12) * 2.6);
      const inside = Math.hypot(u, v) < 0.3;
      const colour = inside
        ? [40 + 210 * shade, 20 + 90 * shade, 30]
        : [120 + 120 * (y / side), 190, 240 - 90 * (y / side)];
      data.set([...colour, 255], (y * side + x) * 4);
    }
  return { width: side, height: side, data };
}

/** The picture's tone in each module, 0 … 1. */
function moduleTones(picture: Raster, size: number): Float32Array {
  const grey = toGray(picture);
  const sum = new Float32Array(size * size);
  const count = new Float32Array(size * size);
  for (let i = 0; i < grey.data.length; i++) {
    const m =
      Math.floor((Math.floor(i / grey.width) * size) / grey.height) * size +
      Math.floor(((i % grey.width) * size) / grey.width);
    sum[m]! += grey.data[i]! / 255;
    count[m]!++;
  }
  return sum.map((s, m) => s / count[m]!);
}

const picture = ballPicture();
const tones = moduleTones(picture, 17 + 4 * VERSION);
const code: Code = fitCode(layMessage(TEXT, VERSION, "M"), {
  dark: tones.map((t) => Math.max(0, t - 0.55)),
  light: tones.map((t) => Math.max(0, 0.55 - t)),
}).code;

const drawn = new Map<string, Gray>();
function greyOf(name: keyof typeof DRAWN, strength: number): Gray {
  const key = `${name} ${strength}`;
  const grey = drawn.get(key) ?? toGray(rasterize(DRAWN[name](code, picture, OPTIONS, strength), grid));
  drawn.set(key, grey);
  return grey;
}

/** Mean luma 0 … 1 of the square in the middle of a module, `part` of its side. */
function middleOf(grey: Gray, module: number, part: number): number {
  const inset = Math.round((grid.modulePx * (1 - part)) / 2);
  const x0 = grid.originPx + (module % code.size) * grid.modulePx;
  const y0 = grid.originPx + Math.floor(module / code.size) * grid.modulePx;
  let sum = 0;
  let count = 0;
  for (let y = y0 + inset; y < y0 + grid.modulePx - inset; y++)
    for (let x = x0 + inset; x < x0 + grid.modulePx - inset; x++, count++)
      sum += grey.data[y * grey.width + x]!;
  return sum / count / 255;
}

const dataModules = [...code.roles.keys()].filter((m) => isFree(code.roles[m]!));

describe.each(NAMES)("%s", (name) => {
  test("leaves the quiet zone plain and the function patterns as they are", () => {
    const { paper } = inkAndPaper(OPTIONS);
    for (const strength of [0, 0.5]) {
      const { data, width } = rasterize(DRAWN[name](code, picture, OPTIONS, strength), grid);
      const end = grid.originPx + grid.codePx;
      for (let y = 0; y < width; y++)
        for (let x = 0; x < width; x++) {
          if (x >= grid.originPx && x < end && y >= grid.originPx && y < end) continue;
          const p = (y * width + x) * 4;
          if (paper.some((c, i) => data[p + i] !== Math.round(c))) expect.fail(`${x}, ${y} is not paper`);
        }
      const grey = greyOf(name, strength);
      for (const [m, role] of code.roles.entries()) {
        if (isFree(role)) continue;
        const middle = middleOf(grey, m, 0.5);
        if (code.modules[m] ? middle > 0.2 : middle < 0.9)
          expect.fail(`module ${m} of role ${role}: ${middle}`);
      }
    }
  });

  test("is practically the plain code at strength 1", () => {
    const grey = greyOf(name, 1);
    for (const m of dataModules) {
      const middle = middleOf(grey, m, 0.6);
      if (code.modules[m] ? middle > 0.35 : middle < 0.75) expect.fail(`module ${m}: ${middle}`);
    }
  });

  test("is the same for the same seed", () => {
    const make = (seed: number) => DRAWN[name](code, picture, { ...OPTIONS, seed }, 0.3);
    expect(make(4)).toEqual(make(4));
    if (name === "mosaic") expect(make(4)).not.toEqual(make(5));
  });
});

describe.each(PICTORIAL)("%s", (name) => {
  test("bits stand out more with every step of strength, the picture less", () => {
    const steps = [0, 0.25, 0.5, 0.75, 1].map((strength) => greyOf(name, strength));
    const apart = steps.map((grey) => {
      const means = [0, 1].map((bit) => {
        const of = dataModules.filter((m) => code.modules[m] === bit);
        return of.reduce((sum, m) => sum + middleOf(grey, m, 0.6), 0) / of.length;
      });
      return means[0]! - means[1]!;
    });
    for (let i = 1; i < apart.length; i++) expect(apart[i]!).toBeGreaterThan(apart[i - 1]! - 0.005);
    expect(apart[4]! - apart[0]!).toBeGreaterThan(0.1);

    // Whether what the bits leave of each module still follows the picture.
    const follow = steps.map((grey) => correlation(grey));
    expect(follow[0]!).toBeGreaterThan(0.5);
    expect(follow[4]!).toBeLessThan(follow[0]! - 0.15);
  });

  test("refuses a picture with under a pixel a module", () => {
    const tiny = { width: 20, height: 20, data: new Uint8ClampedArray(1600) };
    expect(() => DRAWN[name](code, tiny, OPTIONS, 0)).toThrow(/20 px for 37 modules/);
    expect(() => DRAWN[name](code, null, OPTIONS, 0)).toThrow(/0 px for 37 modules/);
  });
});

/** How the light of whole modules goes with the picture's, bits of either kind apart. */
function correlation(grey: Gray): number {
  const parts = [0, 1].map((bit) => {
    const of = dataModules.filter((m) => code.modules[m] === bit);
    const [a, b] = [of.map((m) => middleOf(grey, m, 1)), of.map((m) => tones[m]!)];
    const [ma, mb] = [a, b].map((v) => v.reduce((s, x) => s + x, 0) / v.length) as [number, number];
    const cov = a.reduce((s, x, i) => s + (x - ma) * (b[i]! - mb), 0);
    const va = a.reduce((s, x) => s + (x - ma) ** 2, 0);
    const vb = b.reduce((s, x) => s + (x - mb) ** 2, 0);
    return va * vb === 0 ? 0 : cov / Math.sqrt(va * vb);
  });
  return (parts[0]! + parts[1]!) / 2;
}

describe("readers", () => {
  let decoders: readonly Decoder[] = [];
  beforeAll(async () => {
    decoders = await loadDecoders();
  });

  test.each(NAMES)("all read %s at strength 0.6", async (name) => {
    for (const decoder of decoders)
      expect([decoder.name, (await decoder.read(greyOf(name, 0.6)))?.text]).toEqual([decoder.name, TEXT]);
  });

  test("all read the roundest classic, with a logo and in colours that were too alike", async () => {
    const options = { cornerRadius: 1, logo: true, seed: 1, colours: { dark: "#f2a0c0", light: "#90d0a0" } };
    const plain = encode(TEXT, { version: 8, ecc: "H" });
    expect(logoModules(plain)).toBeGreaterThan(0);
    const grey = toGray(rasterize(DRAWN.classic(plain, picture, options, 0), gridOf(8, 900)));
    for (const decoder of decoders)
      expect([decoder.name, (await decoder.read(grey))?.text]).toEqual([decoder.name, TEXT]);
  });
});

test("a logo stays within a quarter of what each block corrects, and cuts no pattern", () => {
  let placed = 0;
  for (const version of [1, 4, 6, 7, 10, 13, 14, 21, 34])
    for (const ecc of ECC_LEVELS) {
      const plain = encode("A", { version, ecc, mask: 0 });
      const side = logoModules(plain);
      if (side === 0) continue;
      placed++;
      expect((plain.size - side) % 2).toBe(0);
      for (const covered of coveredCodewords(plain, side))
        expect(covered).toBeLessThanOrEqual(Math.floor(blockPlan(version, ecc).checkPerBlock / 2) / 4);
      const from = (plain.size - side) / 2;
      const within = (v: number) => v >= from && v < from + side;
      const inside = (m: number) => within(m % plain.size) && within(Math.floor(m / plain.size));
      const under = new Set([...plain.roles].filter((_, m) => inside(m)));
      for (const role of [Role.data, Role.remainder, Role.alignment]) under.delete(role);
      expect(under.size).toBe(0);
    }
  expect(placed).toBeGreaterThan(20);
});

test("what a logo covers is counted codeword by codeword", () => {
  // Version 1-L is one block of 26 codewords; all of the symbol covers all of them, nothing covers none.
  const plain = encode("A", { version: 1, ecc: "L", mask: 0 });
  expect(coveredCodewords(plain, plain.size)).toEqual([26]);
  expect(coveredCodewords(plain, 0)).toEqual([0]);
});

test("an outline has its cells' area, less what its corners lose", () => {
  const cells = ["110", "011", "000"];
  const set = (x: number, y: number) => cells[y]?.[x] === "1";
  const area = (radius: number) => {
    const shape = outlineOf(set, 3, radius, QUIET_ZONE, [0, 0, 0]);
    const small = gridOf(1, 29 * 20);
    const { data } = rasterize({ sideModules: 29, background: [255, 255, 255], shapes: [shape] }, small);
    let sum = 0;
    for (let p = 0; p < data.length; p += 4) sum += 255 - data[p]!;
    return sum / 255 / small.modulePx ** 2;
  };
  const corner = 1 - Math.PI / 4;
  expect(area(0)).toBeCloseTo(4, 9);
  // A zigzag of four cells has six corners out and two in.
  expect(area(0.5)).toBeCloseTo(4 - (6 - 2) * corner * 0.25, 2);
});

test("cells that touch at a corner stay apart, and holes run the other way", () => {
  const ring = (x: number, y: number) => x >= 0 && y >= 0 && x < 3 && y < 3 && !(x === 1 && y === 1);
  const moves = (set: (x: number, y: number) => boolean) =>
    outlineOf(set, 3, 0, 0, [0, 0, 0]).steps.filter((step) => step[0] === "M").length;
  expect(moves((x, y) => x >= 0 && x < 3 && x === y)).toBe(3);
  expect(moves(ring)).toBe(2);
  const shape = outlineOf(ring, 3, 0, QUIET_ZONE, [0, 0, 0]);
  const { data, width } = rasterize(
    { sideModules: 29, background: [255, 255, 255], shapes: [shape] },
    gridOf(1, 290),
  );
  expect(data[(55 * width + 55) * 4]).toBe(255);
  expect(data[(45 * width + 45) * 4]).toBe(0);
});

test("ink and paper keep their hue and get far enough apart", () => {
  const { ink, paper } = inkAndPaper({ ...OPTIONS, colours: { dark: "#ffffff", light: "#000000" } });
  expect(lumaOf(paper) - lumaOf(ink)).toBeGreaterThan(0.35);
  expect(inkAndPaper({ ...OPTIONS, colours: { dark: "#123456", light: "#fefefe" } }).ink).toEqual([
    0x12, 0x34, 0x56,
  ]);
  for (const luma of [0, 0.2, 0.7, 1]) {
    const colour = withLuma([200, 40, 90], luma);
    expect(lumaOf(colour)).toBeCloseTo(luma, 9);
    for (const channel of colour) expect(channel >= -1e-9 && channel <= 255 + 1e-9).toBe(true);
  }
});
