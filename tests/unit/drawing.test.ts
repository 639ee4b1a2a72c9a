import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { type Colour, circle, type Drawing, type PathStep, rect, type Shape } from "@/lib/qr/drawing/drawing";
import { groupByColour } from "@/lib/qr/drawing/group-by-colour";
import { rasterize } from "@/lib/qr/drawing/rasterize";
import { escapeXml, toSvg } from "@/lib/qr/drawing/to-svg";
import type { Raster } from "@/lib/qr/raster";
import { gridOf } from "@/lib/qr/weave/grid";

const BLACK: Colour = [0, 0, 0];
const WHITE: Colour = [255, 255, 255];
/** Version 1 has 29 modules with its quiet zone; at 290 px a module is 10 px and nothing is left over. */
const grid = gridOf(1, 290);
const drawing = (...shapes: Shape[]): Drawing => ({ sideModules: 29, background: WHITE, shapes });
const pathOf = (steps: PathStep[], fill: Colour = BLACK): Shape => ({ kind: "path", steps, fill });

/** Inked area in square modules. */
function inkedArea({ data }: Raster): number {
  let sum = 0;
  for (let p = 0; p < data.length; p += 4) sum += 255 - data[p]!;
  return sum / 255 / grid.modulePx ** 2;
}

const KAPPA = 0.5522847498;
const disc = (x: number, y: number, r: number): PathStep[] => [
  ["M", x, y - r],
  ["C", x + r * KAPPA, y - r, x + r, y - r * KAPPA, x + r, y],
  ["C", x + r, y + r * KAPPA, x + r * KAPPA, y + r, x, y + r],
  ["C", x - r * KAPPA, y + r, x - r, y + r * KAPPA, x - r, y],
  ["C", x - r, y - r * KAPPA, x - r * KAPPA, y - r, x, y - r],
  ["Z"],
];
const square = (x: number, y: number, side: number, clockwise: boolean): PathStep[] => {
  const corners = [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
  ] as const;
  const order: readonly (readonly [number, number])[] = clockwise ? corners : [...corners].reverse();
  return order.map(([cx, cy], i) => [i === 0 ? "M" : "L", cx, cy]);
};

test("shapes on whole pixels are crisp", () => {
  const { data, width } = rasterize(drawing(rect(5, 7, 2, 1, [10, 20, 30])), grid);
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++) {
      const inside = x >= 50 && x < 70 && y >= 70 && y < 80;
      const p = (y * width + x) * 4;
      if (data[p] !== (inside ? 10 : 255) || data[p + 3] !== 255) expect.fail(`pixel ${x}, ${y}`);
    }
});

test("areas are those of geometry", () => {
  const area = (...shapes: Shape[]) => inkedArea(rasterize(drawing(...shapes), grid));
  // 8-bit levels round each edge pixel by at most 1/510, so small shapes are within a thousandth of a module.
  expect(area(circle(10.37, 9.61, 0.43, BLACK))).toBeCloseTo(Math.PI * 0.43 ** 2, 2);
  expect(area(circle(12.03, 13.3, 5.2, BLACK))).toBeCloseTo(Math.PI * 5.2 ** 2, 1);
  expect(area(rect(4.13, 6.71, 3.33, 2.19, BLACK))).toBeCloseTo(3.33 * 2.19, 1);
  expect(area(rect(4, 6, 3, 2, BLACK, 0.5))).toBeCloseTo(6 - (4 - Math.PI) * 0.25, 2);
  expect(area(pathOf(disc(12.03, 13.3, 5.2)))).toBeCloseTo(Math.PI * 5.2 ** 2, 1);
  expect(area(pathOf(square(3.5, 4.25, 2, true)))).toBeCloseTo(4, 2);
  expect(area(pathOf([...square(3, 4, 4, true), ...square(4.2, 5.3, 2, false)]))).toBeCloseTo(12, 2);
  expect(area(pathOf([...square(3, 4, 4, true), ...square(4, 5, 5, true)]))).toBeCloseTo(16 + 25 - 9, 2);
});

test("any triangle covers its area, in either direction, also beyond the border", () => {
  const coordinate = fc.double({ min: 1, max: 28, noNaN: true });
  fc.assert(
    fc.property(fc.array(coordinate, { minLength: 6, maxLength: 6 }), (c) => {
      const [ax, ay, bx, by, cx, cy] = c as [number, number, number, number, number, number];
      const expected = Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;
      const steps: PathStep[] = [["M", ax, ay], ["L", bx, by], ["L", cx, cy], ["Z"]];
      expect(Math.abs(inkedArea(rasterize(drawing(pathOf(steps)), grid)) - expected)).toBeLessThan(0.05);
    }),
    { numRuns: 60 },
  );
  const out: PathStep[] = [
    ["M", -10, 10],
    ["L", 60, 10],
    ["L", 60, 20],
    ["L", -10, 20],
  ];
  expect(inkedArea(rasterize(drawing(pathOf(out)), grid))).toBeCloseTo(290, 3);
  expect(inkedArea(rasterize(drawing(circle(0, 0, 4, BLACK)), grid))).toBeCloseTo(Math.PI * 4, 1);
});

test("an image fills its square, smoothly where it grows and by means where it shrinks", () => {
  const checks = new Uint8ClampedArray(64 * 64 * 4);
  for (let i = 0; i < 64 * 64; i++) checks.fill(((i % 64) + (i >> 6)) % 2 ? 255 : 0, i * 4, i * 4 + 4);
  const raster = { width: 64, height: 64, data: checks };
  const { data } = rasterize(drawing({ kind: "image", x: 10, y: 10, side: 1, radius: 0, raster }), grid);
  expect(Math.abs(data[(105 * 290 + 105) * 4]! - 127.5)).toBeLessThan(8);
  const four = { width: 2, height: 1, data: Uint8ClampedArray.of(0, 0, 0, 255, 200, 200, 200, 255) };
  const grown = rasterize(
    drawing({ kind: "image", x: 10, y: 10, side: 4, radius: 1, raster: four }),
    grid,
  ).data;
  const levels = [102, 110, 120, 130, 138].map((x) => grown[(120 * 290 + x) * 4]!);
  expect(levels).toEqual([...levels].sort((a, b) => a - b));
  expect(levels[0]).toBeLessThan(5);
  expect(levels[4]).toBeGreaterThan(195);
  expect(grown[(100 * 290 + 100) * 4]).toBe(255);
});

test("a drawing of another version is refused", () => {
  expect(() => rasterize({ ...drawing(), sideModules: 20 }, grid)).toThrow(/20 modules on a grid of 21/);
});

const colour = fc.constantFrom<Colour>(BLACK, [200, 30, 40], [20, 160, 90]);
const place = fc.double({ min: 2, max: 24, noNaN: true });
const extent = fc.double({ min: 0.1, max: 3, noNaN: true });
const shape: fc.Arbitrary<Shape> = fc.oneof(
  fc.tuple(place, place, extent, colour).map(([x, y, r, fill]) => circle(x, y, r, fill)),
  fc
    .tuple(place, place, extent, extent, colour, fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([x, y, w, h, fill, radius]) => rect(x, y, w, h, fill, radius)),
  fc.tuple(place, place, extent, colour).map(([x, y, r, fill]) => pathOf(disc(x, y, r), fill)),
);
const shapes = fc.array(shape, { maxLength: 40 });

test("painting colour by colour shows the same picture", () => {
  fc.assert(
    fc.property(shapes, (list) => {
      const groups = groupByColour(list);
      const regrouped = groups.flatMap((group) => group.shapes);
      const pixels = [regrouped, list].map((order) => Buffer.from(rasterize(drawing(...order), grid).data));
      expect(pixels[0]!.equals(pixels[1]!)).toBe(true);
      expect(regrouped).toHaveLength(list.length);
    }),
    { numRuns: 40 },
  );
  const apart = Array.from({ length: 12 }, (_, i) =>
    circle(3 + 2 * i, 5, 0.5, i % 2 ? BLACK : [200, 30, 40]),
  );
  expect(groupByColour(apart)).toHaveLength(2);
});

test("the SVG shows what is rasterized", async () => {
  const list = fc.sample(shapes, { numRuns: 12, seed: 7 });
  for (const one of list) {
    const svg = toSvg(drawing(...one)).replace("<svg ", '<svg width="290" height="290" ');
    const other = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
    const own = rasterize(drawing(...one), grid).data;
    let difference = 0;
    for (let i = 0; i < 290 * 290; i++)
      for (let c = 0; c < 3; c++) difference += Math.abs(own[i * 4 + c]! - other[i * 3 + c]!);
    expect(difference / (290 * 290 * 3)).toBeLessThan(0.3);
  }
});

test("the SVG is compact, in modules, and in millimetres where asked", () => {
  const svg = toSvg(drawing(circle(1 / 3, 2 / 3, 0.25, [1, 2, 255]), rect(4, 4, 1, 1, [1, 2, 255])), {
    sizeMm: 40,
  });
  expect(svg).toContain('width="40mm" height="40mm" viewBox="0 0 29 29"');
  expect(svg.match(/<path/g)).toHaveLength(2);
  expect(svg).toContain('fill="#0102ff"');
  expect(svg).not.toMatch(/\d\.\d{4}/);
});

test("images are embedded where asked for, and left out otherwise", async () => {
  const raster = { width: 1, height: 1, data: Uint8ClampedArray.of(9, 9, 9, 255) };
  const one = drawing({ kind: "image", x: 5, y: 5, side: 3, radius: 0.5, raster });
  expect(toSvg(one)).not.toContain("<image");
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#090909" } })
    .png()
    .toBuffer();
  const svg = toSvg(one, { embed: () => `data:image/png;base64,${png.toString("base64")}` });
  const shown = await sharp(Buffer.from(svg.replace("<svg ", '<svg width="290" height="290" ')))
    .removeAlpha()
    .raw()
    .toBuffer();
  expect(shown[(65 * 290 + 65) * 3]).toBe(9);
  expect(shown[(50 * 290 + 50) * 3]).toBe(255);
});

/** UTF-16 as it comes, halves of characters included, and often what XML cares about. */
const anyText = fc
  .array(fc.oneof(fc.nat(0xffff), fc.nat(0x7f), fc.constantFrom(38, 60, 62, 13, 0xd83d, 0xde00)), {
    maxLength: 40,
  })
  .map((units) => String.fromCharCode(...units));
const unescaped = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

test("any title survives, and never leaves its element", async () => {
  fc.assert(
    fc.property(anyText, (title) => {
      const escaped = escapeXml(title);
      expect(escaped).not.toMatch(/[<>"'\r]|&(?!#\d+;)/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML cannot hold.
      const allowed = title.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
      const holdable = allowed.replace(/\p{Surrogate}/gu, "\ufffd");
      expect(unescaped(escaped)).toBe(holdable);
    }),
  );
  const wild = "</title><script>\u0000 & ]]> \ud800 \uffff \"'";
  const parsed = await sharp(Buffer.from(toSvg(drawing(), { title: wild, sizeMm: 10 }))).metadata();
  expect(parsed.format).toBe("svg");
});
