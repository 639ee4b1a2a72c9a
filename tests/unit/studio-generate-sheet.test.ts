import fc from "fast-check";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { drawSheet } from "@/lib/drawing/draw-sheet";
import { DEFAULT_SETTINGS, type DrawingSettings } from "@/lib/drawing/drawing-settings";
import { type LabelFont, openLabelFont, shorten } from "@/lib/drawing/label-font";
import { type Axes, cellsOf, formatAxes, parseAxes } from "@/lib/drawing/x-y-axes";
import { layOutSheet } from "@/lib/drawing/x-y-sheet";
import { picture } from "@/lib/engine/picture";

const base: DrawingSettings = { ...DEFAULT_SETTINGS, prompt: "a cat in a hat", seed: 7 };
const invalid = expect.objectContaining({ code: "setting_invalid" });

const name = fc.oneof(
  fc.constantFrom("strength", "cfg", "steps", "sampler", "schedule", "seed", "clip-skip", "prompt"),
  fc.stringMatching(/^lora:[\w.山-]{1,8}$/u),
);
const axis = fc.record({
  name,
  values: fc.array(fc.string({ minLength: 1, unit: "grapheme" }), { minLength: 1, maxLength: 6 }),
});

describe("--xy", () => {
  test("any values are read back as they were written", () => {
    fc.assert(
      fc.property(fc.array(axis, { minLength: 1, maxLength: 2 }), (axes) => {
        fc.pre(axes.length < 2 || axes[0]!.name !== axes[1]!.name);
        expect(parseAxes(formatAxes(axes))).toEqual(axes);
      }),
    );
  });

  test("spaces around names and values count for nothing", () => {
    expect(parseAxes(" cfg = 4 , 7;steps=10, 20 ;")).toEqual([
      { name: "cfg", values: ["4", "7"] },
      { name: "steps", values: ["10", "20"] },
    ]);
    expect(parseAxes('prompt="a, b; ""c""",d')).toEqual([{ name: "prompt", values: ['a, b; "c"', "d"] }]);
  });

  test("what it is not is refused, and nothing else happens", () => {
    const wrong = ["", ";", "cfg", "cfg=", "cfg=4,", "cfg=4;cfg=7", "=4", "lora:=1", "dance=1", 'cfg="4'];
    for (const text of [...wrong, 'cfg="4"5', "cfg=1;steps=2;seed=3", `seed=${[...new Array(257).keys()]}`])
      expect(() => parseAxes(text), text).toThrow(invalid);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(cfg|prompt)=[",;=a1 ]{0,12}$/)), (text) => {
        try {
          expect(parseAxes(text).length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ code: "setting_invalid" });
        }
      }),
    );
  });

  test("the first axis goes to the right, the second down, and each cell has both", () => {
    const cells = cellsOf(parseAxes("cfg=4,7;strength=0.3,0.5,1"), base);
    expect(cells.map(({ column, row }) => [column, row])).toEqual([
      ...[
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
        [0, 2],
        [1, 2],
      ],
    ]);
    expect(cells[3]!.settings).toEqual({ ...base, guidance: 7, strength: 0.5 });
  });

  test("LoRA weights and words of the prompt change the prompt", () => {
    const prompts = (text: string) => cellsOf(parseAxes(text), base).map(({ settings }) => settings.prompt);
    expect(prompts("prompt=cat,dog")).toEqual(["a cat in a hat", "a dog in a hat"]);
    expect(prompts("lora:ink=0.2,-1;prompt=cat,<lora:ink:9>")).toEqual([
      ...["a cat in a hat <lora:ink:0.2>", "a cat in a hat <lora:ink:-1>"],
      ...["a <lora:ink:9> in a hat <lora:ink:0.2>", "a <lora:ink:9> in a hat <lora:ink:-1>"],
    ]);
  });

  test("a cell that can't be drawn is told before any is", () => {
    for (const text of [
      "cfg=4,x",
      "steps=1.5",
      "sampler=euler,dance",
      "clip-skip=0",
      "strength=1.1",
      "seed=-1",
    ])
      expect(() => cellsOf(parseAxes(text), base), text).toThrow(invalid);
    for (const text of ["prompt=dog,cat", "lora:ink=much", "sampler=ddim;schedule=karras"])
      expect(() => cellsOf(parseAxes(text), base), text).toThrow(invalid);
  });
});

describe("the sheet", () => {
  let font: LabelFont;
  beforeAll(async () => {
    font = await openLabelFont();
  });

  const axes = (text: string): Axes => parseAxes(text);

  test("its cells lie apart, in their rows and columns, within the sheet", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 1, max: 100 }).map((n) => n * 8),
        fc.integer({ min: 1, max: 100 }).map((n) => n * 8),
        (columns, rows, width, height) => {
          const values = (count: number) => Array.from({ length: count }, (_, i) => String(i + 1));
          const text = `cfg=${values(columns)}${rows > 0 ? `;steps=${values(rows)}` : ""}`;
          const sheet = layOutSheet(font, axes(text), { width, height });
          const last = sheet.cornerOf(columns - 1, Math.max(rows, 1) - 1);
          expect(last.left + width).toBeLessThan(sheet.width);
          expect(last.top + height).toBeLessThan(sheet.height);
          const [first, right, below] = [sheet.cornerOf(0, 0), sheet.cornerOf(1, 0), sheet.cornerOf(0, 1)];
          expect(Math.min(first.left, first.top)).toBeGreaterThan(0);
          expect(right.left - first.left).toBeGreaterThan(width);
          expect(below.top - first.top).toBeGreaterThan(height);
          expect([right.top, below.left]).toEqual([first.top, first.left]);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("its pictures are there to the byte, and its labels are ink on paper", async () => {
    const side = 48;
    const cell = (column: number, row: number) => ({
      ...{ column, row },
      picture: picture(
        side,
        side,
        new Uint8ClampedArray(side * side * 3).map((_, i) => (i * 7 + column * 31 + row * 57) % 256),
      ),
    });
    const drawn = [cell(0, 0), cell(1, 0), cell(0, 1), cell(1, 1)];
    const layout = layOutSheet(font, axes("cfg=4,7;steps=1,2"), { width: side, height: side });
    const image = sharp(await drawSheet(axes("cfg=4,7;steps=1,2"), drawn));
    const { width, height } = await image.metadata();
    expect([width, height]).toEqual([layout.width, layout.height]);
    for (const { column, row, picture: expected } of drawn) {
      const { left, top } = layout.cornerOf(column, row);
      const pixels = await image.clone().extract({ left, top, width: side, height: side }).raw().toBuffer();
      expect(Buffer.compare(pixels, Buffer.from(expected.data))).toBe(0);
      // Above each column and beside each row something dark is written.
      const above = image.clone().extract({ left, top: 0, width: side, height: layout.cornerOf(0, 0).top });
      const beside = image.clone().extract({ left: 0, top, width: layout.cornerOf(0, 0).left, height: side });
      for (const part of [above, beside]) {
        const { channels } = await sharp(await part.png().toBuffer()).stats();
        expect([channels[0]!.min < 80, channels[0]!.max]).toEqual([true, 255]);
      }
    }
  });

  test("labels that are too wide are cut, and letters that the font lacks become a number", () => {
    const long = "a very long description of a dog";
    expect(shorten(font, long, 20, 1000)).toBe(long);
    const short = shorten(font, long, 20, 150);
    expect(short).toMatch(/^a very lo.*…$/);
    expect(font.widthOf(short, 20)).toBeLessThanOrEqual(150);
    const outline = (text: string) => layOutSheet(font, axes(text), { width: 64, height: 64 }).svg;
    expect(outline("prompt=cat,山水")).toBe(outline("prompt=cat,#2"));
    expect(outline("prompt=cat,Łódź")).not.toBe(outline("prompt=cat,#2"));
    expect(outline("cfg=4")).not.toBe(outline("cfg=7"));
    expect(outline("cfg=4")).not.toContain("<text");
  });
});
