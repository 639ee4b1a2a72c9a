import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { expect, test } from "vitest";
import { cutOut } from "@/lib/photos/cut-out";
import { before, type Matte, matteBounds, plainPicture, resizeMatte } from "@/lib/photos/matte";
import { mendMatte } from "@/lib/photos/mend-matte";
import { portraitSquare, withinSquare } from "@/lib/photos/photo-crop";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { portraitRecipe } from "@/lib/scenarios/portrait/portrait-recipe";

const size = { width: 400, height: 300 };
const face = { x: 0.6, y: 0.2, width: 0.1, height: 0.2 };

test("a portrait's square is around the face, and inside of the picture", () => {
  const square = portraitSquare(size, null, face);
  expect(square).toEqual({ left: 185, top: 18, side: 150 });
  const inside = withinSquare(face, size, square);
  expect(inside.x + inside.width / 2).toBeCloseTo(0.5, 1);
  const atEdge = portraitSquare(size, null, { x: 0.9, y: 0.9, width: 0.2, height: 0.2 });
  expect(atEdge.left + atEdge.side).toBeLessThanOrEqual(size.width);
  expect(atEdge.top + atEdge.side).toBeLessThanOrEqual(size.height);
});

test("a crop that somebody chose wins; without a face it is the upper middle", () => {
  expect(portraitSquare(size, { x: 0.25, y: 0.5, side: 0.5 }, face)).toEqual({
    left: 25,
    top: 75,
    side: 150,
  });
  expect(portraitSquare({ width: 300, height: 600 }, null, null)).toEqual({ left: 0, top: 102, side: 300 });
});

const matteOf = (width: number, height: number, at: (x: number, y: number) => boolean): Matte => ({
  ...{ width, height },
  data: Uint8ClampedArray.from({ length: width * height }, (_, i) =>
    at(i % width, Math.floor(i / width)) ? 255 : 0,
  ),
});

test("spots and small holes are mended, a handle's hole stays", () => {
  const mug = (x: number, y: number) => x >= 10 && x < 90 && y >= 10 && y < 90;
  const pinhole = (x: number, y: number) => x === 30 && y === 30;
  const handle = (x: number, y: number) => x >= 60 && x < 80 && y >= 40 && y < 60;
  const spot = (x: number, y: number) => x === 3 && y === 3;
  const mended = mendMatte(
    matteOf(100, 100, (x, y) => (mug(x, y) && !pinhole(x, y) && !handle(x, y)) || spot(x, y)),
  );
  expect(mended.data).toEqual(matteOf(100, 100, (x, y) => mug(x, y) && !handle(x, y)).data);
  expect(matteBounds(mended)).toEqual({ left: 10, top: 10, width: 80, height: 80 });
});

test("an enlarged matte covers the same part, with an edge", () => {
  const large = resizeMatte(
    matteOf(20, 20, (x) => x < 10),
    100,
    100,
  );
  expect(large.data.reduce((sum, value) => sum + value, 0) / large.data.length / 255).toBeCloseTo(0.5, 2);
  expect(new Set(large.data).size).toBeGreaterThan(2);
  const red = plainPicture(100, 100, "#ff0000");
  const blue = plainPicture(100, 100, "#0000ff");
  const both = before(red, large, blue);
  expect([...both.data.slice(0, 3), ...both.data.slice(-3)]).toEqual([255, 0, 0, 0, 0, 255]);
});

test("GrabCut tells a bowl from the table, and a person from a pattern", async () => {
  const read = async (name: string) =>
    decodeRgb(await readFile(`public/samples/${name}.webp`), { resize: (to) => to.resize(160, 160) });
  const share = ({ data }: Matte) => data.reduce((sum, value) => sum + value, 0) / data.length / 255;
  const at = ({ data }: Matte, x: number, y: number) => data[y * 160 + x];
  const bowl = await cutOut({ picture: await read("ramen"), face: null });
  expect(at(bowl, 80, 80)).toBe(255);
  expect(at(bowl, 5, 5)).toBe(0);
  expect(share(bowl)).toBeGreaterThan(0.4);
  expect(share(bowl)).toBeLessThan(0.8);
  const person = await cutOut({
    picture: await read("portrait"),
    face: { x: 0.31, y: 0.33, width: 0.35, height: 0.35 },
  });
  expect([at(person, 77, 80), at(person, 8, 60), at(person, 150, 60)]).toEqual([255, 0, 0]);
}, 30_000);

test("the same photo is cut out the same, whatever was cut before", async () => {
  const bytes = await readFile("public/samples/aurora.webp");
  const picture = await decodeRgb(bytes, { resize: (to) => to.resize(160, 160) });
  // Nothing stands out in it, so that what GrabCut guesses first decides.
  const first = await cutOut({ picture, face: null });
  for (let i = 0; i < 3; i++) expect((await cutOut({ picture, face: null })).data).toEqual(first.data);
}, 30_000);

test("a picture that is one thing all over is cut out without an error", async () => {
  const plain = await sharp({ create: { width: 64, height: 48, channels: 3, background: "#888" } })
    .png()
    .toBuffer();
  const matte = await cutOut({ picture: await decodeRgb(plain), face: null });
  expect(matte.data).toHaveLength(64 * 48);
}, 30_000);

test.each([128, 512])("both sliders do what they say at every step, at %i pixels", (side) => {
  const steps = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const rises = (values: readonly number[]) => values.every((value, i) => i === 0 || value >= values[i - 1]!);
  for (const fixed of steps) {
    const byStrength = steps.map((strength) => portraitRecipe(side, strength, fixed));
    expect(rises(byStrength.map(({ denoise }) => denoise))).toBe(true);
    expect(rises(byStrength.map(({ look }) => look))).toBe(true);
    const byLikeness = steps.map((likeness) => portraitRecipe(side, fixed, likeness));
    expect(rises(byLikeness.map(({ denoise }) => -denoise))).toBe(true);
    expect(rises(byLikeness.map(({ holdWeight }) => holdWeight))).toBe(true);
    expect(rises(byLikeness.map(({ ink }) => ink))).toBe(true);
  }
});
