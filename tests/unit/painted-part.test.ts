import { expect, test } from "vitest";
import { cutRegion, paintedPart, pasteBack, regionOn } from "@/lib/drawing/painted-part";
import { type Picture, picture } from "@/lib/engine/picture";

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function maskOf(width: number, height: number, box: Box): Picture {
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = box.top; y < box.top + box.height; y++)
    data.fill(255, (y * width + box.left) * 3, (y * width + box.left + box.width) * 3);
  return picture(width, height, data);
}

/** No two pixels near each other alike, so that a shift shows. */
const noisy = (width: number, height: number): Picture =>
  picture(
    width,
    height,
    Uint8ClampedArray.from({ length: width * height * 3 }, (_, i) => (i * 7919) % 251),
  );

const plain = (width: number, height: number, value: number): Picture =>
  picture(width, height, new Uint8ClampedArray(width * height * 3).fill(value));

test("a painted part is nearly square, padded, and lies inside; where nothing is painted there is none", () => {
  const { region } = paintedPart(maskOf(1000, 800, { left: 400, top: 300, width: 200, height: 40 }), 128)!;
  expect(region).toEqual({ left: 350, top: 220, width: 300, height: 200 });
  const corner = paintedPart(maskOf(1000, 800, { left: 980, top: 0, width: 20, height: 20 }), 512)!.region;
  expect(corner).toEqual({ left: 744, top: 0, width: 256, height: 256 });
  expect(paintedPart(maskOf(90, 60, { left: 0, top: 0, width: 90, height: 60 }), 128)!.region).toEqual({
    ...{ left: 0, top: 0, width: 90, height: 60 },
  });
  expect(paintedPart(plain(64, 64, 100), 128)).toBeNull();
});

test("a part that is drawn at a size has its shape, as far as the picture reaches", () => {
  const box = { left: 400, top: 300, width: 200, height: 40 };
  const shaped = (width: number, height: number) =>
    paintedPart(maskOf(1000, 800, box), 128, { width, height })!.region;
  expect(shaped(128, 128)).toEqual({ left: 350, top: 170, width: 300, height: 300 });
  expect(shaped(96, 192)).toEqual({ left: 350, top: 20, width: 300, height: 600 });
  expect(shaped(256, 64)).toEqual({ left: 220, top: 250, width: 560, height: 140 });
  expect(shaped(64, 512)).toMatchObject({ top: 0, height: 800 });
  // Half of what is drawn, at least.
  expect(shaped(1024, 512)).toEqual({ left: 244, top: 192, width: 512, height: 256 });
});

test("the feather falls from what is painted to nothing, and never rises on the way", () => {
  const { region, matte } = paintedPart(
    maskOf(600, 600, { left: 250, top: 250, width: 100, height: 100 }),
    128,
  )!;
  const at = (x: number, y: number) => matte.data[(y - region.top) * region.width + x - region.left]!;
  const ways = [
    ...[
      [1, 0],
      [0, 1],
      [1, 1],
    ],
    [-1, -1],
  ] as const;
  for (const [dx, dy] of ways) {
    const along: number[] = [];
    for (let i = 0; ; i++) {
      const [x, y] = [300 + dx! * i, 300 + dy! * i];
      const inside = x >= region.left && y >= region.top;
      if (!inside || x >= region.left + region.width || y >= region.top + region.height) break;
      along.push(at(x, y));
    }
    expect(along.slice(0, 50)).toEqual(new Array(50).fill(255));
    expect(along).toEqual([...along].sort((a, b) => b - a));
    // A step at once would be a seam.
    for (const [i, value] of along.entries()) expect((along[i - 1] ?? 255) - value).toBeLessThan(70);
    expect(along.at(-1)).toBe(0);
  }
});

test("what is put back changes what is painted, and beyond the feather not a byte", () => {
  const source = noisy(300, 200);
  const part = paintedPart(maskOf(300, 200, { left: 60, top: 80, width: 40, height: 30 }), 128)!;
  const made = pasteBack(source, part, plain(part.region.width, part.region.height, 255));
  const { left, top, width, height } = part.region;
  let kept = 0;
  for (let y = 0; y < 200; y++)
    for (let x = 0; x < 300; x++) {
      const inside = x >= left && x < left + width && y >= top && y < top + height;
      const weight = inside ? part.matte.data[(y - top) * width + x - left]! : 0;
      const i = 3 * (y * 300 + x);
      if (weight === 255) expect([...made.data.subarray(i, i + 3)]).toEqual([255, 255, 255]);
      if (weight > 0) continue;
      kept++;
      for (let c = 0; c < 3; c++) if (made.data[i + c] !== source.data[i + c]) throw new Error(`${x}, ${y}`);
    }
  expect(kept).toBeGreaterThan(50_000);
});

test("a region is found again on what is laid over the picture, cut off as a control is", () => {
  const whole = { width: 400, height: 200 };
  const region = { left: 100, top: 50, width: 200, height: 100 };
  expect(regionOn({ width: 200, height: 100 }, whole, region)).toEqual({
    ...{ left: 50, top: 25, width: 100, height: 50 },
  });
  // A square is cut above and below.
  expect(regionOn({ width: 200, height: 200 }, whole, region)).toEqual({
    ...{ left: 50, top: 75, width: 100, height: 50 },
  });
  const cut = cutRegion(noisy(8, 4), { left: 2, top: 1, width: 3, height: 2 });
  expect([...cut.data.subarray(0, 3)]).toEqual([...noisy(8, 4).data.subarray(30, 33)]);
});
