import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { loadDecoders } from "@/lib/codes/load-decoders";
import { blockPlan } from "@/lib/qr/encode/capacity";
import { Role } from "@/lib/qr/encode/code";
import { encode } from "@/lib/qr/encode/encode";
import { interleave, layoutOf } from "@/lib/qr/encode/layout";
import { DECODERS } from "@/lib/qr/jury/decoder-names";
import { LEVELS, passesLevel } from "@/lib/qr/jury/levels";
import { SCENES } from "@/lib/qr/jury/scenes";
import { logoModules } from "@/lib/qr/looks/logo";
import type { CodeRequest } from "@/lib/qr/make/code-request";
import { type MadeCode, makeCode } from "@/lib/qr/make/make-code";
import { spareCodewords } from "@/lib/qr/make/spare-codewords";
import { paletteOf } from "@/lib/qr/picture/palette";
import { resize } from "@/lib/qr/picture/resize";
import { previewCode } from "@/lib/qr/preview";
import type { Raster } from "@/lib/qr/raster";
import { gridOf } from "@/lib/qr/weave/grid";
import { lumaAt, setLuma } from "@/lib/qr/weave/luma";
import { drawnPicture } from "../support/qr-picture";

const picture = drawnPicture(1024);
const request: CodeRequest = {
  ...{ text: "https://example.com/menu", picture, look: "photo", level: "art", sizePx: 1024 },
  ...{ version: "auto", ecc: "auto", seed: 1, cornerRadius: 0.5, logo: false },
  colours: { dark: "#1b1b2f", light: "#ffffff" },
};
const makeAgain = async (change: Partial<CodeRequest>) =>
  makeCode({ ...request, ...change }, await loadDecoders());
const made = new Map<string, Promise<MadeCode>>();
/** Makes a code once for all tests that look at it. */
function make(change: Partial<CodeRequest>): Promise<MadeCode> {
  const key = JSON.stringify(change);
  const known = made.get(key) ?? makeAgain(change);
  made.set(key, known);
  return known;
}
const sha = (raster: Raster): string => createHash("sha256").update(raster.data).digest("hex");

describe("makeCode", () => {
  for (const level of LEVELS)
    test(`what is delivered at ${level} passes ${level} before the whole jury`, async () => {
      const made = await make({ level });
      expect(made.verdict.cells).toHaveLength(SCENES.length * DECODERS.length);
      expect(passesLevel(level, made.verdict, made.plain)).toEqual({ pass: true, missing: [] });
      expect(made.freeBits).toBeGreaterThan(0);
      expect(made.fidelity!.ssim).toBeGreaterThan(0.5);
    });

  test("the same request gives the same bytes, another seed another code", async () => {
    const [first, again, other] = [await make({}), await makeAgain({}), await make({ seed: 2 })];
    expect(sha(again.raster)).toBe(sha(first.raster));
    expect(sha(other.raster)).not.toBe(sha(first.raster));
    // Arithmetic alone made these pixels: they are the same on every machine.
    expect(sha(first.raster)).toMatchInlineSnapshot(
      `"73e0f9de402f7f2c9b43997b77642dde8fa325d1d9da8c6d3242bd5582cc8ad7"`,
    );
  });

  test("function patterns are whole: finders flat and dark on light, quiet zone one plain light colour", async () => {
    const { raster, code } = await make({});
    const { modulePx, originPx, canvasPx, modules } = gridOf(code.version, 1024);
    const { dark, light } = paletteOf(picture);
    const at = (x: number, y: number) => [
      ...raster.data.subarray((y * canvasPx + x) * 4, (y * canvasPx + x) * 4 + 3),
    ];
    for (let p = 0; p < canvasPx; p += 7) {
      expect(at(p, 0)).toEqual([...light]);
      expect(at(originPx - 1, p)).toEqual([...light]);
    }
    code.roles.forEach((role, i) => {
      if (role !== Role.finder) return;
      const x = originPx + (i % modules) * modulePx;
      const y = originPx + Math.floor(i / modules) * modulePx;
      for (const corner of [0, modulePx - 1])
        expect(at(x + corner, y + corner)).toEqual([...(code.modules[i] ? dark : light)]);
    });
  });

  test("asked for a version and a level, it takes them", async () => {
    const { code } = await make({ version: 7, ecc: "Q" });
    expect([code.version, code.ecc]).toEqual([7, "Q"]);
  });

  test("other sizes show the same code, sharp, and are judged too", async () => {
    const { raster, verdict } = await make({ sizePx: 1500 });
    expect(raster.width).toBe(1500);
    expect(passesLevel("art", verdict, null).pass).toBe(true);
  });

  test("nothing is handed over that does not pass: modules too fine for any reader", async () => {
    await expect(make({ text: "x".repeat(2900), picture: null, look: "classic" })).rejects.toMatchObject({
      code: "level_not_reached",
    });
  });

  test("stops when it is told to", async () => {
    const stop = AbortSignal.abort(new Error("enough"));
    const decoders = await loadDecoders();
    await expect(makeCode(request, decoders, { signal: stop })).rejects.toThrow("enough");
  });

  test("a look that draws a picture asks for one, a plain code needs none", async () => {
    await expect(make({ picture: null, look: "mosaic" })).rejects.toMatchObject({ code: "option_invalid" });
    const { fidelity, strength } = await make({ picture: null, look: "classic", level: "everywhere" });
    expect([fidelity, strength]).toEqual([null, 0]);
  });
});

describe("the classic look", () => {
  test("with a logo it passes every level, and shows the picture in its middle", async () => {
    const { raster, verdict, plain, code } = await make({ look: "classic", logo: true, level: "everywhere" });
    expect(passesLevel("everywhere", verdict, plain).pass).toBe(true);
    expect(logoModules(code)).toBeGreaterThan(0);
    const side = gridOf(code.version, 1024).modulePx * logoModules(code);
    const colours = new Set<number>();
    for (let p = 0; p < side; p++) {
      const i = ((512 - (side >> 1) + p) * 1024 + 512) * 4; // down the middle column
      colours.add((raster.data[i]! << 16) | (raster.data[i + 1]! << 8) | raster.data[i + 2]!);
    }
    expect(colours.size).toBeGreaterThan(8);
  });
});

describe("previewCode", () => {
  test("draws every look at any small size without a jury", () => {
    for (const look of ["photo", "mosaic", "dots", "halftone", "ink", "classic"] as const) {
      const raster = previewCode({ ...request, look, sizePx: 333, picture: resize(picture, 333, 333) });
      expect([raster.width, raster.height, raster.data.length]).toEqual([333, 333, 333 * 333 * 4]);
      expect(new Set(raster.data).size).toBeGreaterThan(2);
    }
  });
});

describe("spareCodewords", () => {
  test("spends no more than its share of any block's correction, on the dearest codewords", () => {
    const code = encode("https://example.com/menu", { version: 8, ecc: "Q" });
    const cost = Float32Array.from(code.modules, (_, i) => (i * 7919) % 101);
    const spared = spareCodewords(code, cost, 0.25);
    const plan = blockPlan(8, "Q");
    const { stream } = layoutOf(8);
    for (const places of interleave(plan)) {
      const inBlock = [...places].map((place) => stream.subarray(place * 8, place * 8 + 8));
      const sums = inBlock.map((modules) => modules.reduce((sum, m) => sum + cost[m]!, 0));
      const left = inBlock.map((modules) => modules.every((m) => spared[m] === 1));
      const budget = Math.floor((plan.checkPerBlock / 2) * 0.25);
      expect(left.filter(Boolean)).toHaveLength(budget);
      const least = Math.min(...sums.filter((_, i) => left[i]));
      expect(sums.filter((sum, i) => !left[i] && sum > least)).toEqual([]);
    }
    for (const [i, role] of code.roles.entries()) if (spared[i]) expect(role).toBe(Role.data);
  });
});

describe("setLuma", () => {
  test("reaches any luma from any colour within rounding, and keeps the order of the channels", () => {
    for (const colour of [
      [200, 40, 90],
      [10, 250, 30],
      [128, 128, 128],
      [255, 255, 255],
      [0, 0, 0],
    ])
      for (const target of [0, 31, 127, 200, 255]) {
        const pixel = Uint8ClampedArray.of(...colour, 255);
        setLuma(pixel, 0, target);
        if (lumaAt(Uint8ClampedArray.of(...colour), 0) > 0 || target === 0)
          expect(Math.abs(lumaAt(pixel, 0) - target)).toBeLessThanOrEqual(1);
        const order = (c: ArrayLike<number>) => [0, 1, 2].sort((a, b) => c[a]! - c[b]! || a - b);
        if (target > 0 && target < 255 && new Set(colour).size === 3)
          expect(order(pixel)).toEqual(order(colour));
      }
  });
});

describe("resize", () => {
  test("keeps a flat colour flat and the mean of any picture, up and down", () => {
    const flat = { width: 50, height: 50, data: new Uint8ClampedArray(50 * 50 * 4).fill(77) };
    expect(new Set(resize(flat, 33, 71).data.filter((_, i) => i % 4 < 3))).toEqual(new Set([77]));
    const mean = (r: Raster) => r.data.reduce((sum, v) => sum + v, 0) / r.data.length;
    for (const side of [17, 256, 1000, 1500])
      expect(Math.abs(mean(resize(picture, side, side)) - mean(picture))).toBeLessThan(1);
  });

  test("an exact half is the mean of 2 × 2 pixels", () => {
    const half = resize(picture, 512, 512);
    for (let i = 0; i < 40; i++) {
      const [x, y] = [(i * 37) % 512, (i * 91) % 512];
      const source = [0, 1].flatMap((dy) =>
        [0, 1].map((dx) => picture.data[((2 * y + dy) * 1024 + 2 * x + dx) * 4]!),
      );
      const expected = source.reduce((a, b) => a + b, 0) / 4;
      expect(Math.abs(half.data[(y * 512 + x) * 4]! - expected)).toBeLessThanOrEqual(0.51);
    }
  });
});
