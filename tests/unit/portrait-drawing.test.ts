import { expect, test, vi } from "vitest";
import type { DrawingWish } from "@/lib/drawing/open-easel";
import { picture } from "@/lib/engine/picture";
import { drawPortrait } from "@/lib/scenarios/portrait/draw-portrait";
import { portraitInput } from "@/lib/scenarios/portrait/portrait.job";
import { type PreparedPhoto, photoSide } from "@/lib/scenarios/portrait/prepare-photo";

const held = vi.hoisted(() => ({ side: 512, traits: [] as string[], wishes: [] as DrawingWish[] }));
vi.mock("@/lib/drawing/open-styled-easel", () => ({
  openStyledEasel: async () => ({
    ...{ side: held.side, companions: {} },
    draw: async (wish: DrawingWish) => {
      held.wishes.push(wish);
      return { picture: picture(wish.width, wish.height) };
    },
  }),
}));
vi.mock("@/lib/drawing/photo-control", () => ({
  photoControl: async (_: unknown, __: unknown, trait: string, weight: number) =>
    held.traits.includes(trait) ? { trait, weight } : null,
}));

const NOBODY = "00000000-0000-4000-8000-000000000000";

/** What is drawn of a small face, and how it is asked for. */
async function draw(side: number, traits: readonly string[], asked: object = {}) {
  Object.assign(held, { side, traits, wishes: [] });
  const px = photoSide(side);
  const prepared: PreparedPhoto = {
    ...{ photo: picture(px, px), square: { left: 0, top: 0, side: px }, isFaceFound: true, matte: null },
    face: { x: 0.4, y: 0.4, width: 0.2, height: 0.2 },
    lines: { width: px, height: px, data: new Uint8ClampedArray(px * px) },
  };
  const wish = { ...portraitInput.parse({ photo: NOBODY, background: { kind: "keep" }, ...asked }), seed: 1 };
  const tools = { ownerId: null, signal: new AbortController().signal, onProgress: () => {} };
  const { enlarged } = await drawPortrait(prepared, wish, tools);
  return { made: enlarged.picture, wishes: held.wishes };
}

test("a large model's steps are its own, a small one is given enough for degrees", async () => {
  for (const wish of (await draw(512, [])).wishes) expect(wish.steps).toBeUndefined();
  for (const wish of (await draw(128, [])).wishes) expect(wish.steps).toBe(8);
});

test("what a model draws is not made smaller, and small drawings become large enough to be looked at", async () => {
  expect((await draw(1024, [])).made).toMatchObject({ width: 1024, height: 1024 });
  expect((await draw(512, [])).made.width).toBe(512);
  expect((await draw(128, [])).made.width).toBe(512);
});

test("who is asked for is drawn, in the language that it is asked in", async () => {
  const promptOf = async (who?: string) =>
    (await draw(512, [], { who, style: "watercolour" })).wishes[0]!.prompt;
  expect(await promptOf()).toBe("watercolour painting of a person");
  expect(await promptOf("a cat")).toBe("watercolour painting of a cat");
  expect(await promptOf("一只猫")).toBe("水彩风格的一只猫");
});

test("the photo is held by what suits best of what is there, its colours besides, in every pass", async () => {
  const { wishes } = await draw(512, ["lines", "edges", "colours"], { likeness: 1 });
  expect(wishes).toHaveLength(2);
  for (const { controls } of wishes)
    expect(controls).toEqual([
      { trait: "edges", weight: expect.closeTo(1.1) },
      { trait: "colours", weight: expect.closeTo(0.5) },
    ]);
  expect((await draw(512, ["lines"], { likeness: 1 })).wishes[0]!.controls).toMatchObject([
    { trait: "lines" },
  ]);
  expect((await draw(512, [])).wishes[0]!.controls).toEqual([]);
});

test("what was chosen to be held is, or is refused where nothing is there for it", async () => {
  const { wishes } = await draw(512, ["lines", "edges", "light"], { likeness: 1, hold: "light" });
  expect(wishes[0]!.controls).toEqual([{ trait: "light", weight: expect.closeTo(0.55) }]);
  await expect(draw(512, ["edges"], { hold: "light" })).rejects.toMatchObject({ code: "weights_missing" });
});
