import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { jpeg } from "@/lib/qr/jury/jpeg";
import { SCENES } from "@/lib/qr/jury/scenes";
import type { Gray } from "@/lib/qr/raster";
import { draws } from "../support/qr-random-grey";

const apply = (name: string, image: Gray) => SCENES.find((scene) => scene.name === name)!.apply(image);

/** A picture from a function of the pixel. */
function picture(width: number, height: number, grey: (x: number, y: number) => number): Gray {
  const data = new Uint8ClampedArray(width * height);
  for (let i = 0; i < data.length; i++) data[i] = grey(i % width, Math.floor(i / width));
  return { width, height, data };
}
const at = ({ data, width }: Gray, x: number, y: number) => data[Math.round(y) * width + Math.round(x)]!;
const mean = ({ data }: Gray) => data.reduce((sum, grey) => sum + grey, 0) / data.length;

/** Mean column and row of the pixels that are clearly darker than their surroundings, weighted by how much. */
function centreOfDark({ data, width }: Gray, below = 128): { x: number; y: number } {
  let [x, y, weight] = [0, 0, 0];
  data.forEach((grey, i) => {
    const dark = Math.max(0, below - grey);
    x += dark * (i % width);
    y += dark * Math.floor(i / width);
    weight += dark;
  });
  return { x: x / weight, y: y / weight };
}
/** White paper with a black square of 21 px around (x, y). */
const dotAt = (size: number, x0: number, y0: number) =>
  picture(size, size, (x, y) => (Math.abs(x - x0) <= 10 && Math.abs(y - y0) <= 10 ? 0 : 255));

const photo = (() => {
  const next = draws(5);
  return picture(
    203,
    157,
    (x, y) => 128 + 70 * Math.sin(x / 9) + 40 * Math.cos(y / 13) + (next() - 0.5) * 30,
  );
})();

test("seventeen scenes with names of their own; the first is the picture itself", () => {
  expect(new Set(SCENES.map(({ name }) => name)).size).toBe(17);
  expect(SCENES[0]!.name).toBe("original");
  expect(SCENES[0]!.apply(photo).data).toEqual(photo.data);
});

test.each(SCENES.slice(1).map(({ name }) => name))(
  "%s changes the picture, the same way twice, and not its source",
  (name) => {
    const before = photo.data.slice();
    const once = apply(name, photo);
    expect(photo.data).toEqual(before);
    expect(once.data).not.toEqual(before);
    expect(once.data.length).toBe(once.width * once.height);
    expect(apply(name, photo)).toEqual(once);
  },
);

describe("scale", () => {
  test.each([
    ["scale-50", 2],
    ["scale-25", 4],
  ])("%s takes the mean of the area", (name, factor) => {
    const small = apply(name, photo);
    expect([small.width, small.height]).toEqual([Math.floor(203 / factor), Math.floor(157 / factor)]);
    let sum = 0;
    for (let y = 0; y < factor; y++)
      for (let x = 0; x < factor; x++) sum += at(photo, 5 * factor + x, 7 * factor + y);
    expect(at(small, 5, 7)).toBe(Math.round(sum / factor ** 2));
  });
});

describe("blur", () => {
  test.each([
    ["blur-1", 1],
    ["blur-2", 2],
  ])("%s spreads a line by its σ, and keeps the light", (name, sigma) => {
    const blurred = apply(
      name,
      picture(41, 41, (x) => (x === 20 ? 250 : 0)),
    );
    let [light, variance] = [0, 0];
    for (let x = 0; x < 41; x++) {
      light += at(blurred, x, 20);
      variance += at(blurred, x, 20) * (x - 20) ** 2;
    }
    expect(light).toBeGreaterThan(246);
    expect(light).toBeLessThan(254);
    expect(Math.sqrt(variance / light)).toBeCloseTo(sigma, 1);
    expect(
      apply(
        name,
        picture(41, 41, (_, y) => (y === 20 ? 250 : 0)),
      ).data[20 * 41 + 3],
    ).toBe(at(blurred, 20, 3));
  });

  test("keeps an even picture even up to its border", () => {
    expect(
      new Set(
        apply(
          "blur-2",
          picture(30, 20, () => 77),
        ).data,
      ),
    ).toEqual(new Set([77]));
  });
});

describe("jpeg", () => {
  test.each([40, 70, 90])("agrees with a real encoder and decoder at quality %i", async (quality) => {
    const { width, height } = photo;
    const real = await sharp(Buffer.from(photo.data), { raw: { width, height, channels: 1 } })
      .toColourspace("b-w")
      .jpeg({ quality })
      .toBuffer()
      .then((file) => sharp(file).toColourspace("b-w").raw().toBuffer());
    const distances = (ours: Gray) => Array.from(ours.data, (grey, i) => Math.abs(grey - real[i]!));
    const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    // libjpeg transforms in whole numbers: now and then a coefficient is rounded the other way.
    const off = distances(jpeg(photo, quality));
    expect(average(off)).toBeLessThan(0.4);
    expect(off.filter((distance) => distance > 1).length / off.length).toBeLessThan(0.08);
    expect(average(distances(photo))).toBeGreaterThan(7 * average(off));
    expect(average(distances(jpeg(photo, quality - 15)))).toBeGreaterThan(3 * average(off));
  });

  test("the scene is quality 70", () => expect(apply("jpeg-70", photo)).toEqual(jpeg(photo, 70)));
});

describe("tone", () => {
  const ramp = picture(256, 1, (x) => x);
  test("brighter and darker move every grey by a fifth, and clip", () => {
    expect([0, 100, 204, 230].map((grey) => apply("brighter", ramp).data[grey])).toEqual([51, 151, 255, 255]);
    expect([20, 51, 100, 255].map((grey) => apply("darker", ramp).data[grey])).toEqual([0, 0, 49, 204]);
  });
  test("contrast goes down to 60 % around the middle", () => {
    expect([0, 128, 255].map((grey) => apply("contrast-60", ramp).data[grey])).toEqual([51, 128, 204]);
  });
  test("the shadow falls from full light to 40 %", () => {
    const shaded = apply(
      "shadow",
      picture(101, 101, () => 200),
    );
    expect([at(shaded, 0, 0), at(shaded, 100, 0), at(shaded, 0, 100), at(shaded, 100, 100)]).toEqual([
      200, 140, 140, 80,
    ]);
  });
  test("dot gain grows dark squares by a pixel on every side, and shrinks light ones", () => {
    const gained = apply(
      "dot-gain",
      picture(20, 20, (x, y) => (x >= 8 && x < 11 && y >= 8 && y < 11 ? 0 : 255)),
    );
    expect(gained.data.filter((grey) => grey === 0)).toHaveLength(25);
    expect([at(gained, 7, 7), at(gained, 11, 11), at(gained, 6, 9)]).toEqual([0, 0, 255]);
    const lost = apply(
      "dot-gain",
      picture(20, 20, (x, y) => (x >= 8 && x < 11 && y >= 8 && y < 11 ? 255 : 0)),
    );
    expect(lost.data.filter((grey) => grey === 255)).toHaveLength(1);
  });
  test("noise has no bias, and the spread of a smoothed σ of 15", () => {
    const noisy = apply(
      "noise",
      picture(200, 200, () => 128),
    );
    expect(Math.abs(mean(noisy) - 128)).toBeLessThan(0.3);
    const deviation = Math.sqrt(
      noisy.data.reduce((sum, grey) => sum + (grey - 128) ** 2, 0) / noisy.data.length,
    );
    // Smoothing by 1 4 6 4 1 both ways leaves 70/256 of the deviation.
    expect(deviation).toBeCloseTo((15 * 70) / 256, 0);
  });
});

describe("warps", () => {
  test.each([
    ["rotate-3", 3],
    ["rotate-15", 15],
  ])("%s turns clockwise around the middle, on a table that holds it all", (name, degrees) => {
    const size = 301;
    const turned = apply(name, dotAt(size, 250, 60));
    const angle = (degrees * Math.PI) / 180;
    const side = size * (Math.cos(angle) + Math.sin(angle));
    expect(turned.width).toBe(Math.ceil(side));
    expect(turned.height).toBe(Math.ceil(side));
    const [dx, dy] = [250 - 150, 60 - 150];
    const dot = centreOfDark(turned);
    const middle = (turned.width - 1) / 2;
    expect(dot.x).toBeCloseTo(middle + dx * Math.cos(angle) - dy * Math.sin(angle), 0);
    expect(dot.y).toBeCloseTo(middle + dx * Math.sin(angle) + dy * Math.cos(angle), 0);
    expect([at(turned, 0, 0), at(turned, middle, middle)]).toEqual([232, 255]);
  });

  test.each([
    ["tilt-15", 15],
    ["tilt-30", 30],
    ["tilt-45", 45],
  ])("%s shows the far edge narrower and the whole flatter, in perspective", (name, degrees) => {
    const size = 401;
    const angle = (degrees * Math.PI) / 180;
    const distance = 4 * size;
    // Where a pinhole camera sees a point (u, v) right of and below the middle.
    const project = (u: number, v: number) => {
      const depth = distance / (distance - v * Math.sin(angle));
      return { x: u * depth, y: v * Math.cos(angle) * depth };
    };
    const far = project(0, -size / 2);
    const near = project(size / 2, size / 2);
    const tilted = apply(name, dotAt(size, 320, 330));
    expect(tilted.width).toBe(Math.ceil(2 * near.x));
    expect(tilted.height).toBe(Math.ceil(near.y - far.y));
    const dot = centreOfDark(tilted);
    const seen = project(120, 130);
    expect(dot.x).toBeCloseTo((tilted.width - 1) / 2 + seen.x, 0);
    expect(dot.y).toBeCloseTo(-far.y + seen.y - 0.5, 0);
    expect(at(tilted, 0, 0)).toBe(232);
    expect(at(tilted, 2, tilted.height - 2)).toBe(255);
  });
});

test.each(SCENES.map(({ name }) => name))("%s shows a place where it says it does", (name) => {
  const scene = SCENES.find((entry) => entry.name === name)!;
  for (const [x, y] of [
    [200, 260],
    [330, 120],
  ] as const) {
    const paper = picture(480, 480, (px, py) =>
      Math.max(Math.abs(px - x), Math.abs(py - y)) <= 10 ? 0 : 255,
    );
    const [wantedX, wantedY] = scene.place(paper)(x + 0.5, y + 0.5);
    // Below what the shadow makes of white paper.
    const found = centreOfDark(scene.apply(paper), 60);
    // Half a pixel lies between a pixel's middle and its index; blur and noise move the mean a little.
    expect(Math.hypot(found.x + 0.5 - wantedX, found.y + 0.5 - wantedY)).toBeLessThan(1);
  }
});
