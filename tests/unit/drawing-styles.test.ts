import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { styledPrompt } from "@/lib/drawing/drawing-style.input";
import { finishDrawing } from "@/lib/drawing/finish-drawing";
import { PICTURE_STYLES, pictureStyle } from "@/lib/drawing/picture-styles.input";
import { picture } from "@/lib/engine/picture";
import { PORTRAIT_STYLES } from "@/lib/scenarios/portrait/portrait-styles.input";

const grey = (...values: number[]) =>
  picture(values.length, 1, Uint8ClampedArray.from(values.flatMap((value) => [value, value, value])));
const pixelsOf = ({ data }: { data: Uint8ClampedArray }) =>
  Array.from({ length: data.length / 3 }, (_, i) => [...data.slice(3 * i, 3 * i + 3)]);

const duotone = { kind: "duotone", dark: "#102030", light: "#f0e0d0", inverted: true } as const;

describe("a style's words", () => {
  test("stand around what is asked for, in its own language", () => {
    const style = pictureStyle("watercolour");
    expect(styledPrompt(style, "a cat")).toBe("watercolour painting of a cat");
    expect(styledPrompt(style, "一只猫")).toBe("一只猫，水彩风");
    expect(styledPrompt(null, "a cat")).toBe("a cat");
  });

  test("leave what was typed as it was typed", () => {
    expect(styledPrompt(pictureStyle("pixel"), "$& for {what}")).toBe("pixel art of $& for {what}");
  });
});

describe("a style's colours", () => {
  test("two of them, from the darkest to the lightest; turned where nothing was begun with", () => {
    const drawn = grey(40, 90, 140);
    expect(pixelsOf(finishDrawing(drawn, { ...duotone, inverted: false }, false))).toEqual([
      [0x10, 0x20, 0x30],
      [0x80, 0x80, 0x80],
      [0xf0, 0xe0, 0xd0],
    ]);
    expect(pixelsOf(finishDrawing(drawn, duotone, false))[0]).toEqual([0xf0, 0xe0, 0xd0]);
    expect(pixelsOf(finishDrawing(drawn, duotone, true))[0]).toEqual([0x10, 0x20, 0x30]);
  });

  test("a drawing of one grey stays whole", () => {
    expect(pixelsOf(finishDrawing(grey(7, 7), { ...duotone, inverted: false }, false))).toHaveLength(2);
  });

  test("squares of one colour each, with grout between them where there is one", () => {
    const drawn = grey(10, 20, 30, 200, 210, 220);
    const plain = finishDrawing(drawn, { kind: "pixels", across: 2, grout: null }, false);
    expect(pixelsOf(plain).map(([red]) => red)).toEqual([20, 20, 20, 210, 210, 210]);
    const tiles = pixelsOf(
      finishDrawing(picture(6, 6), { kind: "pixels", across: 2, grout: "#ffffff" }, false),
    ).map(([red]) => red! > 0);
    // The first pixel of a tile is its joint, to the right and down.
    const [joints, tile] = [Array(6).fill(true), [true, false, false, true, false, false]];
    expect(tiles).toEqual([...joints, ...tile, ...tile, ...joints, ...tile, ...tile]);
  });
});

test("every style has a name of its own and its previews", () => {
  const names = PICTURE_STYLES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const folder of ["drawings", "codes"])
    for (const name of names) expect(existsSync(`public/styles/${folder}/${name}.webp`), name).toBe(true);
  for (const { name, prompt } of PORTRAIT_STYLES) {
    expect(existsSync(`public/styles/${name}.webp`), name).toBe(true);
    expect(prompt).toContain("{what}");
  }
});
