import { expect, test, vi } from "vitest";
import type { DrawingWish, Easel } from "@/lib/drawing/open-easel";
import { type Picture, picture } from "@/lib/engine/picture";
import { infer } from "@/lib/inference/client";
import { drawGround } from "@/lib/scenarios/product/draw-ground";
import { drawProduct } from "@/lib/scenarios/product/draw-product";
import { finishProduct } from "@/lib/scenarios/product/finish-product";
import { drawnSize, groundRatio, partOf } from "@/lib/scenarios/product/ground-shape";
import { GROUND, placeThing } from "@/lib/scenarios/product/place-thing";
import {
  PRODUCT_SIZE_NAMES,
  PRODUCT_SIZES,
  type ProductSize,
} from "@/lib/scenarios/product/product-sizes.input";

vi.mock("@/lib/jobs/cpu-pool", () => ({
  runOnCpu: (name: string, request: never) =>
    name === "place-thing" ? placeThing(request) : finishProduct(request),
}));
vi.mock("@/lib/drawing/line-control", () => ({ findLineControl: async () => ({ model: "lines" }) }));
vi.mock("@/lib/drawing/choose-upscaler", () => ({
  chooseUpscaler: async () => ({ name: "best", path: "/best" }),
}));
vi.mock("@/lib/inference/client", () => ({
  infer: vi.fn(async (_: string, { picture: small }: { picture: Picture }) => ({
    ...{ scale: 4, picture: picture(4 * small.width, 4 * small.height) },
  })),
}));

const sizes = PRODUCT_SIZE_NAMES.map((name) => PRODUCT_SIZES[name]);

test("the part of a ground is the largest of its shape, inside, in the middle, on the same line", () => {
  for (const ground of [
    { width: 512, height: 512 },
    { width: 680, height: 384 },
    { width: 1, height: 1 },
  ])
    for (const size of sizes) {
      const { left, top, width, height } = partOf(ground, size);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(ground.width);
      expect(top + height).toBeLessThanOrEqual(ground.height);
      expect(width === ground.width || height === ground.height).toBe(true);
      expect(Math.abs(left + width / 2 - ground.width / 2)).toBeLessThanOrEqual(1);
      expect(Math.abs(top + GROUND * height - GROUND * ground.height)).toBeLessThanOrEqual(1);
      if (ground.width > 1)
        expect(Math.abs(Math.log(width / height / (size.width / size.height)))).toBeLessThan(0.01);
    }
});

test("one size's ground has its shape; a set's lies between the widest and the tallest", () => {
  for (const size of sizes) expect(groundRatio([size])).toBeCloseTo(size.width / size.height);
  expect(groundRatio([PRODUCT_SIZES.landscape, PRODUCT_SIZES.story])).toBeCloseTo(1);
  const { landscape, portrait, square } = PRODUCT_SIZES;
  expect(groundRatio([square, portrait, landscape])).toBeCloseTo(groundRatio([landscape, portrait]));
  expect(drawnSize(512, 16 / 9)).toEqual({ width: 680, height: 384 });
});

const wish = { prompt: "the sea", scale: 0.5, light: 0, shadow: 0, seed: 1, sizes: [], set: [] };
const thing = {
  picture: picture(40, 40),
  matte: { width: 40, height: 40, data: new Uint8ClampedArray(1600) },
};
const tools = { signal: new AbortController().signal, onProgress: () => {} };

/** Draws grey as light as its place in the width and red as its place in the height; passes around a thing change nothing. */
function slopes(side: number, companions: Easel["companions"]) {
  const wishes: DrawingWish[] = [];
  const draw = async (asked: DrawingWish) => {
    wishes.push(asked);
    if (asked.init) return { picture: asked.init.picture };
    const made = picture(asked.width, asked.height);
    for (let y = 0, i = 0; y < asked.height; y++)
      for (let x = 0; x < asked.width; x++, i += 3) {
        made.data[i] = (255 * y) / asked.height;
        made.data[i + 1] = (255 * x) / asked.width;
      }
    return { picture: made };
  };
  return { wishes, easel: { side, companions, family: "sd1", draw } as unknown as Easel };
}

test("every size of a set shows its part of one ground", async () => {
  const { easel, wishes } = slopes(1536, {});
  const set: ProductSize[] = ["landscape", "story"];
  const ground = await drawGround(easel, { ...wish, sizes: set }, tools);
  for (const name of set) {
    const { enlarged } = await drawProduct(easel, { thing, ground }, { ...wish, size: name }, tools);
    const { width, height, data } = enlarged.picture;
    expect({ width, height }).toEqual(PRODUCT_SIZES[name]);
    const part = partOf(ground, PRODUCT_SIZES[name]);
    const middle = 3 * (width * (height >> 1) + (width >> 1));
    const [red, green] = [data[middle]!, data[middle + 1]!];
    expect(Math.abs(red - (255 * (part.top + part.height / 2)) / ground.height)).toBeLessThan(4);
    expect(Math.abs(green - (255 * (part.left + part.width / 2)) / ground.width)).toBeLessThan(4);
  }
  expect(wishes.filter(({ init }) => !init)).toHaveLength(1);
  const around = wishes.filter(({ init }) => init);
  expect(around).toHaveLength(2);
  for (const { controls } of around) expect(controls).toEqual([{ model: "lines" }]);
});

test("the ground is drawn anew around the thing; what is farther away stays as it was", async () => {
  const { easel, wishes } = slopes(512, { upscaler: "none is needed" });
  const draw = async (asked: DrawingWish, drawing: never) => {
    const drawn = await easel.draw(asked, drawing);
    return asked.init ? { ...drawn, picture: white(asked) } : drawn;
  };
  const box = {
    picture: picture(40, 40),
    matte: { ...thing.matte, data: new Uint8ClampedArray(1600).fill(255) },
  };
  const ground = await drawGround(easel, { ...wish, sizes: ["square"] }, tools);
  const parts = { thing: box, ground };
  const { enlarged } = await drawProduct(
    { ...easel, draw } as Easel,
    parts,
    { ...wish, size: "square" },
    tools,
  );
  const at = ({ width, data }: Picture, x: number, y: number) =>
    data[3 * (Math.floor(y * width) * width + Math.floor(x * width))]!;
  const { mask } = wishes[1]!;
  // The thing stands in the middle, from 0.36 to 0.86 of the height.
  expect([at(mask!, 0.02, 0.02), at(mask!, 0.5, 0.6), at(mask!, 0.5, 0.3)]).toEqual([0, 0, 255]);
  expect(at(enlarged.picture, 0.02, 0.02)).toBeLessThan(12);
  expect(at(enlarged.picture, 0.5, 0.26)).toBeGreaterThan(130);
});

const white = ({ width, height }: DrawingWish): Picture =>
  picture(width, height, new Uint8ClampedArray(3 * width * height).fill(255));

test("one of a set by itself stands on the set's ground", async () => {
  const { easel, wishes } = slopes(512, {});
  await drawGround(easel, { ...wish, sizes: ["square", "landscape"] }, tools);
  await drawGround(easel, { ...wish, sizes: ["square"], set: ["square", "landscape"] }, tools);
  expect(wishes[1]).toEqual(wishes[0]);
});

test("what a filter would stretch is enlarged by the best upscaler; what is crisp enough is not", async () => {
  const small = slopes(512, {});
  const large = await drawGround(small.easel, { ...wish, sizes: ["landscape"] }, tools);
  expect(infer).toHaveBeenLastCalledWith(
    "upscale",
    expect.objectContaining({ model: "/best" }),
    expect.anything(),
  );
  expect(large.width).toBe(4 * 680);
  vi.mocked(infer).mockClear();
  const crisp = slopes(1024, {});
  await drawGround(crisp.easel, { ...wish, sizes: ["square"] }, tools);
  expect(infer).not.toHaveBeenCalled();
});
