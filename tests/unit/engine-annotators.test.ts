import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AnnotatorName, annotate, annotatorNames } from "@/lib/engine/annotators/annotate";
import { canny } from "@/lib/engine/annotators/canny";
import { lineArt } from "@/lib/engine/annotators/line-art";
import { greyOf } from "@/lib/engine/annotators/luminance";
import { resample } from "@/lib/engine/annotators/resample";
import { resizeControl } from "@/lib/engine/annotators/resize-control";
import { softEdge } from "@/lib/engine/annotators/soft-edge";
import { tile } from "@/lib/engine/annotators/tile";
import type { EngineErrorCode } from "@/lib/engine/engine-error";
import { type Picture, picture, pictureToTensor, tensorToPicture } from "@/lib/engine/picture";
import { tensor } from "@/lib/engine/tensor";
import golden from "../golden/annotators/golden.json";

const bytes = (text: string) => new Uint8ClampedArray(Buffer.from(text, "base64"));
const refusal = (code: EngineErrorCode) => expect.objectContaining({ name: "EngineError", code });

function paint(width: number, height: number, colour: (x: number, y: number) => number[]): Picture {
  const painted = picture(width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) painted.data.set(colour(x, y), (y * width + x) * 3);
  return painted;
}

const red = ({ data }: Picture) => Array.from({ length: data.length / 3 }, (_, i) => data[i * 3]!);
const greatestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

/** A disc, a drawn ring and a slanted border on a bright ground, none touching the others. */
const scene = (offset = 0) =>
  paint(96, 96, (x, y) => {
    const disc = Math.hypot(x - 30, y - 34) < 16;
    const ring = Math.abs(Math.hypot(x - 68, y - 34) - 14) < 1;
    const ground = y + x / 6 > 78;
    return (disc ? [120, 60, 50] : ring ? [20, 20, 20] : ground ? [70, 110, 60] : [200, 190, 170]).map(
      (level) => level + offset,
    );
  });

/** Two greys side by side, the darker on the left up to and including column 31. */
const step = (low = 60, high = 180) => paint(64, 64, (x) => Array(3).fill(x < 32 ? low : high));

describe("picture", () => {
  test("becomes a tensor in planes and comes back the same, in both ranges", () => {
    const source = paint(3, 2, (x, y) => [x * 100, y * 255, 17]);
    const unit = pictureToTensor(source, "unit");
    expect(unit.shape).toEqual([1, 3, 2, 3]);
    expect(unit.data.slice(0, 3)).toEqual(Float32Array.of(0, 100 / 255, 200 / 255));
    expect(unit.data.slice(6, 12)).toEqual(Float32Array.of(0, 0, 0, 1, 1, 1));
    expect(pictureToTensor(source, "signed").data.slice(6, 12)).toEqual(Float32Array.of(-1, -1, -1, 1, 1, 1));
    const every = paint(256, 1, (x) => [x, 255 - x, x]);
    for (const range of ["unit", "signed"] as const)
      expect(tensorToPicture(pictureToTensor(every, range), range)).toEqual(every);
  });

  test("one of a batch is taken, and values out of range are clamped", () => {
    const batch = tensor([2, 3, 1, 1], [0, 0, 0, -3, 0.5, 7]);
    expect(tensorToPicture(batch, "unit", 1).data).toEqual(Uint8ClampedArray.of(0, 128, 255));
    expect(() => tensorToPicture(batch, "unit", 2)).toThrow(refusal("shape_mismatch"));
    expect(() => tensorToPicture(tensor([1, 4, 1, 1], [0, 0, 0, 0]), "unit")).toThrow(
      refusal("shape_mismatch"),
    );
  });

  test("impossible sizes are refused", () => {
    for (const side of [0, -8, 1.5, Number.NaN])
      expect(() => picture(side, 8)).toThrow(refusal("size_invalid"));
    expect(() => picture(2, 2, new Uint8ClampedArray(11))).toThrow(refusal("shape_mismatch"));
  });
});

describe("equal to OpenCV", () => {
  for (const [name, { width, height, rgb, grey, canny: edges }] of Object.entries(golden.pictures)) {
    const source = picture(width, height, bytes(rgb));

    test(`grey: ${name}`, () => {
      expect(greyOf(source)).toEqual(bytes(grey));
    });

    test(`Canny, every byte: ${name}`, () => {
      for (const { low, high, ...expected } of edges)
        for (const channels of ["grey", "colour"] as const) {
          const packed = bytes(expected[channels]);
          const white = Array.from(
            { length: width * height },
            (_, i) => 255 * ((packed[i >> 3]! >> (7 - (i & 7))) & 1),
          );
          expect(red(canny(source, { low, high, channels })), `${channels} ${low} ${high}`).toEqual(white);
        }
    });
  }

  test("area and cubic resampling, within one level", () => {
    const { width, height, rgb } = golden.pictures.riviera;
    const source = picture(width, height, bytes(rgb));
    for (const to of golden.resampled.to) {
      const made = resample(source, to.width, to.height);
      expect(greatestDifference(made.data, bytes(to.rgb)), `${to.width}×${to.height}`).toBeLessThanOrEqual(1);
    }
  });
});

describe("lines", () => {
  const annotators = { canny, "soft-edge": softEdge, "line-art": lineArt };

  for (const [name, draw] of Object.entries(annotators)) {
    test(`${name}: nothing on a flat picture, none on a soft gradient`, () => {
      expect(Math.max(...red(draw(paint(40, 30, () => [90, 140, 200]))))).toBe(0);
      expect(Math.max(...red(draw(paint(128, 32, (x) => [x, x + 40, x + 80]))))).toBe(0);
    });

    test(`${name}: a step is one thin unbroken line, at the step`, () => {
      const drawn = red(draw(step()));
      for (let y = 4; y < 60; y++) {
        const row = drawn.slice(y * 64, (y + 1) * 64);
        const inked = row.flatMap((level, x) => (level > 127 ? [x] : []));
        expect(inked.length, `row ${y}`).toBeGreaterThanOrEqual(1);
        expect(inked.length, `row ${y}`).toBeLessThanOrEqual(4);
        expect(inked.at(-1)! - inked[0]!, `row ${y}`).toBe(inked.length - 1);
        const middle =
          row.reduce((sum, level, x) => sum + level * x, 0) / row.reduce((sum, level) => sum + level);
        expect(Math.abs(middle - 31.5), `row ${y}`).toBeLessThanOrEqual(2);
      }
    });

    test(`${name}: a border between two colours of one brightness is seen`, () => {
      const source = paint(64, 64, (x) => (x < 32 ? [200, 60, 80] : [40, 132, 133]));
      const [left, right] = [greyOf(source)[0]!, greyOf(source)[63]!];
      expect(Math.abs(left - right)).toBeLessThanOrEqual(2);
      const drawn = red(draw(source));
      for (let y = 8; y < 56; y++)
        expect(Math.max(...drawn.slice(y * 64 + 28, y * 64 + 36))).toBeGreaterThan(127);
    });

    test(`${name}: brightness does not matter, and twice is the same`, () => {
      expect(greatestDifference(draw(scene(30)).data, draw(scene()).data)).toBeLessThanOrEqual(1);
      expect(draw(scene())).toEqual(draw(scene()));
      expect(Math.max(...red(draw(scene())))).toBeGreaterThan(200);
    });
  }

  test("line-art draws a thin dark line once, canny its two sides", () => {
    const ink = paint(64, 64, (x) => Array(3).fill(x >= 30 && x <= 33 ? 20 : 220));
    const strokes = (drawn: Picture) => {
      const row = red(drawn).slice(32 * 64, 33 * 64);
      return row.filter((level, x) => level > 127 && !(row[x - 1]! > 127)).length;
    };
    expect(strokes(lineArt(ink))).toBe(1);
    expect(strokes(canny(ink))).toBe(2);
  });

  test("specks and faint steps are left out unless asked for", () => {
    const speck = paint(64, 64, (x, y) => Array(3).fill(Math.hypot(x - 32, y - 32) < 2.5 ? 20 : 220));
    const faint = step(100, 112);
    for (const draw of [softEdge, lineArt]) {
      expect(Math.max(...red(draw(speck)))).toBe(0);
      expect(Math.max(...red(draw(speck, { leastLengthPx: 1 })))).toBeGreaterThan(0);
      expect(Math.max(...red(draw(faint)))).toBe(0);
      expect(Math.max(...red(draw(faint, { contrast: 5 })))).toBeGreaterThan(0);
    }
  });

  test("soft-edge keeps a contour and leaves out the texture that canny draws", () => {
    // Grains of 2 × 2 pixels in the left half, beside them one border of less contrast than theirs.
    const grain = (x: number, y: number) => 90 + ((((x >> 1) * 7919) ^ ((y >> 1) * 104729)) % 61);
    const level = (x: number, y: number) => (x < 64 ? grain(x, y) : x < 100 ? 120 : 60);
    const grains = paint(128, 96, (x, y) => Array(3).fill(level(x, y)));
    const inked = (drawn: Picture, from: number, to: number) =>
      red(drawn).filter((level, i) => level > 60 && i % 128 >= from && i % 128 < to).length;
    const area = 48 * 96;
    expect(inked(canny(grains), 8, 56)).toBeGreaterThan(area / 10);
    expect(inked(softEdge(grains), 8, 56)).toBeLessThan(area / 100);
    expect(inked(softEdge(grains), 92, 108)).toBeGreaterThan(96);
  });
});

describe("tile and sizes", () => {
  test("a tile keeps the size and the colours, and loses detail", () => {
    const checks = paint(64, 48, (x, y) => ((x + y) % 2 ? [255, 255, 255] : [0, 0, 0]));
    const soft = tile(checks, { factor: 4 });
    expect([soft.width, soft.height]).toEqual([64, 48]);
    expect(greatestDifference(soft.data, new Array(soft.data.length).fill(127.5))).toBeLessThanOrEqual(1);
    expect(tile(checks, { factor: 1 })).toEqual(checks);
    for (const factor of [0.5, 65, Number.NaN])
      expect(() => tile(checks, { factor })).toThrow(refusal("setting_invalid"));
  });

  test("resampling keeps a flat picture flat at any size", () => {
    const side = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(side, side, side, side, fc.nat(255), (width, height, toWidth, toHeight, level) => {
        const flat = resample(
          paint(width, height, () => [level, 0, 255]),
          toWidth,
          toHeight,
        );
        expect(flat).toEqual(paint(toWidth, toHeight, () => [level, 0, 255]));
      }),
    );
  });

  const wide = paint(80, 40, (x) => (x < 4 || x >= 76 ? [250, 0, 0] : [0, 0, 250]));

  test("crop fills the canvas and cuts both ends alike", () => {
    expect(resizeControl(wide, 40, 40, "crop")).toEqual(paint(40, 40, () => [0, 0, 250]));
  });

  test("fill shows all and pads with the border's colour", () => {
    const filled = resizeControl(wide, 80, 80, "fill");
    const border = [0, 0, 250];
    expect(filled).toEqual(
      paint(80, 80, (x, y) => (y < 20 || y >= 60 ? border : x < 4 || x >= 76 ? [250, 0, 0] : border)),
    );
  });

  test("stretch takes the canvas's proportions", () => {
    const narrow = resizeControl(wide, 40, 40, "stretch");
    expect(narrow).toEqual(paint(40, 40, (x) => (x < 2 || x >= 38 ? [250, 0, 0] : [0, 0, 250])));
  });

  test("every mode gives the canvas's size for any picture", () => {
    const side = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(
        side,
        side,
        side,
        side,
        fc.constantFrom("crop", "fill", "stretch"),
        (width, height, toWidth, toHeight, mode) => {
          const fitted = resizeControl(
            paint(width, height, () => [9, 99, 199]),
            toWidth,
            toHeight,
            mode,
          );
          expect(fitted).toEqual(paint(toWidth, toHeight, () => [9, 99, 199]));
        },
      ),
    );
    expect(() => resizeControl(wide, 0, 40, "crop")).toThrow(refusal("size_invalid"));
  });
});

describe("annotate", () => {
  test("every annotator keeps the size of any picture, and never writes to it", () => {
    const side = fc.integer({ min: 1, max: 24 });
    fc.assert(
      fc.property(
        fc.constantFrom(...annotatorNames),
        side,
        side,
        fc.infiniteStream(fc.nat(255)),
        (name, width, height, levels) => {
          const source = paint(width, height, () => [...levels.take(3)]);
          const before = source.data.slice();
          const hint = annotate(name, source);
          expect([hint.width, hint.height, hint.data.length]).toEqual([width, height, width * height * 3]);
          expect(source.data).toEqual(before);
        },
      ),
    );
  });

  test("none is the picture, luminance its grey three times", () => {
    const source = scene();
    expect(annotate("none", source)).toEqual(source);
    const grey = greyOf(source);
    expect(annotate("luminance", source)).toEqual(paint(96, 96, (x, y) => Array(3).fill(grey[y * 96 + x])));
  });

  test("names that need a model, unknown names and bad settings are refused", () => {
    for (const name of ["depth", "pose"])
      expect(() => annotate(name as AnnotatorName, step())).toThrow(
        expect.objectContaining({
          code: "annotator_missing",
          details: expect.objectContaining({ annotator: name, install: expect.any(String) }),
        }),
      );
    for (const name of ["hed", "", "constructor"])
      expect(() => annotate(name as AnnotatorName, step())).toThrow(
        expect.objectContaining({
          code: "setting_invalid",
          message: expect.stringContaining("no annotator"),
        }),
      );
    expect(() => annotate("canny", step(), { low: -1 })).toThrow(refusal("setting_invalid"));
    expect(() => annotate("canny", step(), { high: Number.NaN })).toThrow(refusal("setting_invalid"));
    expect(() => annotate("soft-edge", step(), { contrast: 0 })).toThrow(refusal("setting_invalid"));
    expect(() => annotate("line-art", step(), { widthPx: Number.POSITIVE_INFINITY })).toThrow(
      refusal("setting_invalid"),
    );
  });

  test("the drawings of a known scene stay what they were", () => {
    // Means of the 12 × 12 blocks of 8 × 8 pixels: a finger's breadth of tolerance for other machines' exp and sqrt.
    const blocks = (name: AnnotatorName) =>
      Array.from(resample(annotate(name, scene()), 12, 12).data.filter((_, i) => i % 3 === 0));
    for (const name of ["soft-edge", "line-art"] as const)
      expect(greatestDifference(blocks(name), DRAWN[name])).toBeLessThanOrEqual(1);
  });
});

/** What was drawn when the drawings had been looked at. */
// biome-ignore format: twelve rows of twelve
const DRAWN = {
  "soft-edge": [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 1, 73, 85, 90, 36, 5, 81, 112, 94, 11, 0,
    0, 41, 54, 0, 1, 89, 57, 81, 12, 73, 82, 0,
    0, 64, 19, 0, 0, 74, 66, 46, 0, 31, 92, 0,
    0, 19, 93, 7, 24, 89, 36, 104, 56, 102, 56, 0,
    0, 0, 25, 76, 66, 5, 0, 32, 56, 40, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 25, 57,
    0, 0, 0, 5, 24, 57, 78, 83, 83, 79, 59, 26,
    79, 84, 84, 79, 59, 26, 6, 0, 0, 0, 0, 0,
    5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  ],
  "line-art": [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 24, 50, 53, 2, 0, 35, 48, 41, 0, 0,
    0, 0, 58, 0, 2, 56, 23, 39, 0, 25, 36, 0,
    0, 4, 45, 0, 0, 49, 47, 1, 0, 0, 49, 0,
    0, 0, 62, 20, 40, 39, 6, 71, 22, 63, 17, 0,
    0, 0, 0, 30, 16, 0, 0, 1, 26, 4, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    0, 0, 0, 0, 0, 2, 34, 49, 49, 49, 49, 47,
    34, 49, 49, 49, 49, 47, 15, 0, 0, 0, 0, 0,
    15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  ],
};
