import { expect, test } from "vitest";
import { type Picture, picture } from "@/lib/engine/picture";
import { Role } from "@/lib/qr/encode/code";
import { artHint } from "@/lib/scenarios/qr-art/art-hint";
import { cropDrawn, cropMiddle } from "@/lib/scenarios/qr-art/crop-drawn";

const MODULE_PX = 4;
/** Four modules a side: the first row a finder's, the others data; even ones are dark. */
const size = 4;
const modules = Uint8Array.from({ length: 16 }, (_, i) => (i + 1) % 2);
const roles = Uint8Array.from({ length: 16 }, (_, i) => (i < 4 ? Role.finder : Role.data));
const code = { size, modules, roles };

/** @param tones of every module, 0 … 255. */
function drawnOf(tones: readonly number[]): Picture {
  const side = size * MODULE_PX;
  const drawn = picture(side, side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const module = Math.floor(y / MODULE_PX) * size + Math.floor(x / MODULE_PX);
      drawn.data.fill(tones[module]!, (y * side + x) * 3, (y * side + x) * 3 + 3);
    }
  return drawn;
}

/** A hint's tones, by the middle of each module. */
function tonesOf(hint: Picture, codePx: number): number[] {
  const origin = (hint.width - codePx) / 2;
  return Array.from({ length: 16 }, (_, i) => {
    const [x, y] = [(i % size) * MODULE_PX + 2, Math.floor(i / size) * MODULE_PX + 2];
    return hint.data[((origin + y) * hint.width + origin + x) * 3]!;
  });
}
const shown = [...modules].map((module) => (module === 1 ? 0 : 255));

test("every module is shown where nothing is drawn yet, and grey around them", () => {
  const hint = artHint(code, { side: 32, codePx: 16, drawn: null });
  expect(tonesOf(hint, 16)).toEqual(shown);
  const counts = new Map<number, number>();
  for (const tone of hint.data) counts.set(tone, (counts.get(tone) ?? 0) + 1);
  expect(counts.get(0x80)).toBe((32 * 32 - 16 * 16) * 3);
  expect([...hint.data.subarray(0, 3), ...hint.data.subarray(-3)]).toEqual(Array(6).fill(0x80));
});

test("what the drawing has right is left to it, but for function patterns", () => {
  const right = shown.map((tone) => (tone === 0 ? 40 : 220));
  const hint = artHint(code, { side: 16, codePx: 16, drawn: drawnOf(right) });
  expect(tonesOf(hint, 16)).toEqual([...shown.slice(0, 4), ...Array(12).fill(0x80)]);
});

test("what it has wrong, or nearly so, is shown", () => {
  const wrong = shown.map((tone) => (tone === 0 ? 220 : 40));
  expect(tonesOf(artHint(code, { side: 16, codePx: 16, drawn: drawnOf(wrong) }), 16)).toEqual(shown);
  const unclear = shown.map((tone) => (tone === 0 ? 110 : 145));
  expect(tonesOf(artHint(code, { side: 16, codePx: 16, drawn: drawnOf(unclear) }), 16)).toEqual(shown);
});

test("of a drawing with its surroundings the symbol in the middle is kept", () => {
  const whole = picture(6, 6);
  for (let i = 0; i < 36; i++) whole.data[i * 3] = i;
  const reds = ({ data }: Picture) => [...data].filter((_, i) => i % 3 === 0);
  expect(reds(cropMiddle(whole, 2))).toEqual([14, 15, 20, 21]);
  const inverted = ({ width, height, data }: Picture) =>
    picture(
      width,
      height,
      Uint8ClampedArray.from(data, (value) => 255 - value),
    );
  const drawn = { picture: whole, unfinished: { picture: whole, finish: inverted } } as never;
  const cropped = cropDrawn(drawn, 2);
  expect(reds(cropped.picture)).toEqual([241, 240, 235, 234]);
  expect(reds(cropped.unfinished!.picture)).toEqual([14, 15, 20, 21]);
});
