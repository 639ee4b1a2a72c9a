import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import { readBarcodes } from "zxing-wasm/reader";
import { loadDecoders } from "@/lib/codes/load-decoders";
import {
  jsqrThresholds,
  zbarThresholds,
  zxingHistogramThreshold,
  zxingLayers,
  zxingLocalThresholds,
} from "@/lib/qr/jury/binarizers";
import type { Decoder } from "@/lib/qr/jury/decoders";
import type { Gray } from "@/lib/qr/raster";
import { type PlainCode, plainCode } from "../support/plain-code";
import { draws, forDataModules, randomGreyCode } from "../support/qr-random-grey";

const TEXT = "https://example.com/menu";
let decoders: readonly Decoder[];

beforeAll(async () => {
  decoders = await loadDecoders();
});

describe("zxing", () => {
  // The reader hands out the modules as it sampled them, before error correction.
  test.each([
    [3, 1024, 20],
    [3, 1000, 40],
    [6, 1024, 30],
    [6, 1001, 60],
    [10, 1024, 40],
  ])("reads every module as emulated: version %i at %i px, strength %i", async (version, size, strength) => {
    const code = plainCode(TEXT, { version, ecc: "H", size });
    for (let seed = 1; seed <= 3; seed++) {
      const image = randomGreyCode(code, strength, seed);
      const local = zxingLocalThresholds(image)!;
      const seen = await sampled(image, "LocalAverage");
      expect(
        seen.map((bits) => differences(code, bits, (x, y) => isDark(image, x, y, local.at(x, y)))),
      ).toEqual([0]);
      const histogram = zxingHistogramThreshold(image);
      for (const bits of await sampled(image, "GlobalHistogram")) {
        expect(differences(code, bits, (x, y) => isDark(image, x, y, histogram!))).toBe(0);
      }
    }
  });

  test("the histogram rule is checked on pictures that it can find the finders in", async () => {
    const image = randomGreyCode(plainCode(TEXT, { version: 3, ecc: "H" }), 40, 1);
    expect(await sampled(image, "GlobalHistogram")).toHaveLength(1);
  });

  test("a picture without contrast has no threshold", () => {
    const pale = { width: 64, height: 64, data: new Uint8ClampedArray(64 * 64).map((_, i) => 200 + (i % 9)) };
    expect(zxingHistogramThreshold(pale)).toBeNull();
    expect(zxingLocalThresholds(pale)).toBeNull();
  });

  test("its layers are thirds until 500 px", () => {
    const image = randomGreyCode(plainCode(TEXT, { size: 1600 }), 40, 1);
    const layers = zxingLayers(image);
    expect(layers.map(({ width }) => width)).toEqual([1600, 533, 177]);
    const third = layers[1]!;
    let sum = 4;
    for (let y = 300; y < 303; y++) for (let x = 600; x < 603; x++) sum += image.data[y * 1600 + x]!;
    expect(third.data[100 * 533 + 200]).toBe(Math.floor(sum / 9));
  });
});

describe("jsQR", () => {
  test.each([1024, 512, 264])("binarises every pixel as emulated at %i px", (size) => {
    const binarize = jsqrBinarizer();
    for (let seed = 1; seed <= 2; seed++) {
      const image = withPixelNoise(randomGreyCode(plainCode(TEXT, { size }), 30, seed), seed);
      const thresholds = jsqrThresholds(image);
      const own = binarize(asRgba(image), size, size, false).binarized;
      let wrong = 0;
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++)
          if (isDark(image, x, y, thresholds.at(x, y)) !== own.get(x, y)) wrong++;
      }
      expect(wrong).toBe(0);
    }
  });
});

describe("zbar", () => {
  const read = async (image: Gray) => (await decoders.find(({ name }) => name === "zbar")!.read(image))?.text;

  // Light and dark are one grey level apart, at the emulated threshold: off by one either way, nothing is read.
  test.each([
    [2, 1024],
    [4, 1000],
    [6, 640],
  ])(
    "reads a version %i code at %i px that stands on the emulated threshold's edge",
    async (version, size) => {
      const code = plainCode(TEXT, { version, size });
      expect(await read(onTheEdge(code, 0, 0))).toBe(TEXT);
      expect(await read(onTheEdge(code, 1, 0))).toBeUndefined();
      expect(await read(onTheEdge(code, 0, -1))).toBeUndefined();
    },
  );
});

/** Data modules whose middle is at the threshold (dark) or one above (light), moved by `dark` and `light`. */
function onTheEdge(code: PlainCode, dark: number, light: number): Gray {
  const { width, height, modules } = code;
  const image = { width, height, data: code.data.slice() };
  // Paint moves the means that it was made for: repeat until it stands still.
  for (let round = 0; ; round++) {
    const thresholds = zbarThresholds(image);
    let changed = 0;
    forDataModules(code, (column, row, bit) => {
      // zbar fits its grid to the outer rows; leave them plain.
      if (column >= modules - 2 || row >= modules - 2) return;
      const inset = Math.round((code.edge(1) - code.edge(0)) * 0.2);
      for (let y = code.edge(row) + inset; y < code.edge(row + 1) - inset; y++) {
        for (let x = code.edge(column) + inset; x < code.edge(column + 1) - inset; x++) {
          const grey = thresholds.at(x, y) + (bit ? dark : 1 + light);
          if (image.data[y * width + x] === grey) continue;
          image.data[y * width + x] = grey;
          changed++;
        }
      }
    });
    if (changed === 0) return image;
    if (round > 200) throw new Error(`${changed} pixels still move`);
  }
}

const isDark = ({ data, width }: Gray, x: number, y: number, threshold: number) =>
  data[y * width + x]! <= threshold;

/** Modules that were read as no pixel near their middle is emulated; the reader's grid may stray by a pixel. */
function differences(code: PlainCode, bits: Uint8Array, emulated: (x: number, y: number) => boolean): number {
  let count = 0;
  forDataModules(code, (column, row) => {
    const isRead = bits[row * code.modules + column] === 1;
    const [x, y] = [code.centre(column), code.centre(row)];
    const near = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => emulated(x + dx, y + dy)));
    if (!near.includes(isRead)) count++;
  });
  return count;
}

/** The modules (1 = dark) that zxing sampled; empty where it finds no code at all. */
async function sampled(image: Gray, binarizer: "LocalAverage" | "GlobalHistogram"): Promise<Uint8Array[]> {
  const { width, height } = image;
  const results = await readBarcodes({ data: asRgba(image), width, height } as ImageData, {
    binarizer,
    formats: ["QRCode"],
    tryInvert: false,
    tryDownscale: false,
    returnErrors: true,
    maxNumberOfSymbols: 1,
  });
  return results.map(({ symbol }) => Uint8Array.from(symbol.data, (grey) => (grey === 0 ? 1 : 0)));
}

function asRgba({ data }: Gray): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(data.length * 4);
  for (let i = 0; i < data.length; i++) rgba.fill(data[i]!, i * 4, i * 4 + 4);
  return rgba;
}

function withPixelNoise(image: Gray, seed: number): Gray {
  const next = draws(seed);
  return { ...image, data: image.data.map((grey) => grey + (next() - 0.5) * 30) };
}

type Binarize = (
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  inverted: boolean,
) => { binarized: { get(x: number, y: number): boolean } };

/** jsQR's own function, which its bundle keeps to itself. */
function jsqrBinarizer(): Binarize {
  const source = readFileSync(createRequire(import.meta.url).resolve("jsqr"), "utf8");
  const hook = "exports.binarize = binarize;";
  if (!source.includes(hook)) throw new Error("jsQR's bundle looks different");
  const taken: { binarize?: Binarize } = {};
  const opened = source.replace(hook, `${hook} taken.binarize = binarize;`);
  const run = new Function("taken", "module", "exports", opened);
  const module = { exports: {} };
  run(taken, module, module.exports);
  return taken.binarize!;
}
