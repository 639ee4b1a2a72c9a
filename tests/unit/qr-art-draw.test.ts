import { expect, test, vi } from "vitest";
import type { DrawingWish, Drawn, Easel } from "@/lib/drawing/open-easel";
import { type Picture, picture } from "@/lib/engine/picture";
import { runOnCpu } from "@/lib/jobs/cpu-pool";
import { drawArt } from "@/lib/scenarios/qr-art/draw-art";
import { qrArtInput } from "@/lib/scenarios/qr-art/qr-art.job";

vi.mock("@/lib/jobs/cpu-pool", () => ({ runOnCpu: vi.fn() }));
const recipe = vi.hoisted(() => ({ side: 176, codePx: 176, strength: 0.35, controls: [] as object[] }));
vi.mock("@/lib/scenarios/qr-art/art-recipe", () => ({ artRecipe: async () => recipe }));

const SIZE = 29;
const TOOLS = { signal: new AbortController().signal, onProgress: () => {} };
const input = qrArtInput.parse({ text: "https://mosaiq.studio", prompt: "the sea" });
const code = {
  size: SIZE,
  modules: new Uint8Array(SIZE ** 2),
  roles: new Uint8Array(SIZE ** 2),
};

/** An easel without an upscaler, that remembers what it was asked for. @param finish a style laid over what is drawn. */
function easelOf(side: number, finish?: (drawn: Picture) => Picture) {
  const wishes: DrawingWish[] = [];
  const draw = async (wish: DrawingWish): Promise<Drawn> => {
    wishes.push(wish);
    const plain = picture(wish.width, wish.height);
    plain.data.fill(100);
    const styled = finish && { picture: finish(plain), unfinished: { picture: plain, finish } };
    return { settings: {}, used: {}, picture: plain, ...styled } as unknown as Drawn;
  };
  return { wishes, easel: { side, companions: {}, draw } as unknown as Easel };
}

const sizesOf = (wishes: readonly DrawingWish[]) => wishes.map(({ width, height }) => [width, height]);

test("the first pass is as large as the model draws best, and is grown to what the modules ask for", async () => {
  vi.mocked(runOnCpu).mockResolvedValue(code);
  const { easel, wishes } = easelOf(128);
  const { drawn } = await drawArt(easel, input, { seed: 1, size: SIZE }, TOOLS);
  expect(sizesOf(wishes)).toEqual([
    [128, 128],
    [176, 176],
  ]);
  const begun = wishes[1]!.init!.picture;
  expect([begun.width, begun.height]).toEqual([176, 176]);
  expect(drawn.picture.width).toBe(176);
  const [, request] = vi.mocked(runOnCpu).mock.calls.at(-1)!;
  expect(request).toMatchObject({ picture: { width: 176, height: 176 } });
});

test("a style is laid over the first pass once it has grown", async () => {
  vi.mocked(runOnCpu).mockResolvedValue(code);
  const finished: number[] = [];
  const { easel, wishes } = easelOf(128, ({ width, height }) => {
    finished.push(width);
    const styled = picture(width, height);
    styled.data.fill(7);
    return styled;
  });
  await drawArt(easel, input, { seed: 1, size: SIZE }, TOOLS);
  expect(finished).toEqual([128, 176, 176]);
  expect(wishes[1]!.init!.picture.data.every((value) => value === 7)).toBe(true);
});

test("a model that draws as large as the modules ask for draws so at once", async () => {
  vi.mocked(runOnCpu).mockResolvedValue(code);
  const { easel, wishes } = easelOf(512);
  await drawArt(easel, input, { seed: 1, size: SIZE }, TOOLS);
  expect(sizesOf(wishes)).toEqual([
    [176, 176],
    [176, 176],
  ]);
});
