import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { colourProblem, luminance } from "@/app/(studio)/_form/contrast";
import { firstForm, optionsFrom, restoreForm } from "@/app/(studio)/_form/studio-form";
import { surprise } from "@/app/(studio)/_form/surprise";
import { LatestWins } from "@/app/(studio)/_preview/latest-wins";
import { difference } from "@/app/(studio)/_result/difference";
import { squareCrop } from "@/lib/qr/picture/square-crop";
import { qrPictureInput } from "@/lib/scenarios/qr-picture/qr-picture.job";

describe("LatestWins", () => {
  test("sends one question at a time and forgets those in between", () => {
    const sent: number[] = [];
    const queue = new LatestWins<number>((question) => sent.push(question));
    for (const question of [1, 2, 3, 4]) queue.ask(question);
    expect(sent).toEqual([1]);
    expect(queue.answered()).toBe(true);
    expect(sent).toEqual([1, 4]);
    expect(queue.answered()).toBe(false);
    queue.ask(5);
    expect(sent).toEqual([1, 4, 5]);
  });

  test("the last question is always answered", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (steps) => {
        const sent: number[] = [];
        const queue = new LatestWins<number>((question) => sent.push(question));
        let asked = 0;
        let answered = 0;
        const answer = () => {
          answered++;
          queue.answered();
        };
        for (const asks of steps) {
          if (asks) queue.ask(++asked);
          else if (sent.length > answered) answer();
          expect(sent.length - answered).toBeLessThanOrEqual(1);
        }
        while (sent.length > answered) answer();
        expect(sent.at(-1) ?? 0).toBe(asked);
      }),
    );
  });
});

describe("squareCrop", () => {
  test("stays inside and keeps the focus in the middle where it can", () => {
    const size = fc.integer({ min: 1, max: 9000 });
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(size, size, part, part, (width, height, x, y) => {
        const crop = squareCrop(width, height, { x, y });
        expect(crop.side).toBe(Math.min(width, height));
        expect(crop.x).toBeGreaterThanOrEqual(0);
        expect(crop.y).toBeGreaterThanOrEqual(0);
        expect(crop.x + crop.side).toBeLessThanOrEqual(width);
        expect(crop.y + crop.side).toBeLessThanOrEqual(height);
      }),
    );
    expect(squareCrop(1600, 1000, { x: 0.5, y: 0.5 })).toEqual({ x: 300, y: 0, side: 1000 });
    expect(squareCrop(1600, 1000, { x: 1, y: 0 })).toEqual({ x: 600, y: 0, side: 1000 });
    expect(squareCrop(1000, 1600, { x: 0, y: 0.4 })).toEqual({ x: 0, y: 140, side: 1000 });
  });
});

describe("difference", () => {
  const grey = (...values: number[]) => ({
    width: values.length,
    height: 1,
    data: new Uint8ClampedArray(values.flatMap((value) => [value, value, value, 255])),
  });

  test("marks what changed, the more the stronger, and leaves noise alone", () => {
    const { heat, changed } = difference(grey(100, 100, 100, 100), grey(100, 105, 150, 255));
    const alpha = [3, 7, 11, 15].map((at) => heat.data[at]!);
    expect(alpha.slice(0, 2)).toEqual([0, 0]);
    expect(alpha[2]).toBeGreaterThan(100);
    expect(alpha[3]).toBeGreaterThan(alpha[2]!);
    expect(changed).toBe(0.5);
  });

  test("refuses pictures of different sizes", () => {
    expect(() => difference(grey(1), grey(1, 2))).toThrow(RangeError);
  });
});

describe("colourProblem", () => {
  test.each([
    ["#1b1b2f", "#ffffff", null],
    ["#ffffff", "#1b1b2f", "inverted"],
    ["#808080", "#808080", "inverted"],
    ["#909090", "#ffffff", "faint"],
    ["#7a2e0e", "#fff4e6", null],
  ] as const)("%s on %s: %s", (dark, light, problem) => {
    expect(colourProblem({ dark, light })).toBe(problem);
  });

  test("luminance runs from black to white", () => {
    expect(luminance("#000000")).toBe(0);
    expect(luminance("#ffffff")).toBeCloseTo(1, 10);
  });
});

describe("the form that the browser keeps", () => {
  const base = firstForm("dawn");

  test("a first visit can be made as it is", () => {
    expect(() => qrPictureInput.parse({ ...base.options, text: base.forms.text.text })).not.toThrow();
    expect(firstForm(undefined).options).toMatchObject({ look: "classic", picture: null });
  });

  test("comes back as it was kept", () => {
    const kept = {
      kind: "wifi" as const,
      forms: { ...base.forms, wifi: { ssid: "home", password: "", security: "WEP" as const, hidden: true } },
      options: { ...base.options, seed: 7, version: 12, look: "mosaic" as const },
    };
    expect(restoreForm(JSON.parse(JSON.stringify(kept)), base)).toEqual(kept);
  });

  test("whatever was kept, what comes back is a form", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (anything, inside) => {
        for (const kept of [anything, { kind: inside, forms: inside, options: inside }]) {
          const form = restoreForm(kept, base);
          expect(Object.keys(form.options).sort()).toEqual(Object.keys(base.options).sort());
          expect(Object.keys(form.forms)).toEqual(Object.keys(base.forms));
        }
      }),
    );
    const broken = { look: "watercolour", size: 9e9, seed: 3, colours: { dark: "red" } };
    expect(optionsFrom(broken, base.options)).toEqual({ ...base.options, seed: 3 });
    expect(restoreForm({ forms: { wifi: { security: "none" } } }, base)).toEqual(base);
  });
});

test("a surprise is something else, and can be made", () => {
  const samples = ["dawn", "sea", "cat"].map((name) => ({
    ...{ name, file: `${name}.webp`, width: 1024, height: 1024 },
    alt: { en: name, zh: name },
  }));
  for (let i = 0; i < 50; i++) {
    const { options } = firstForm("dawn");
    const next = { ...options, ...surprise(options, samples) };
    expect(next.look).not.toBe(options.look);
    expect(next.picture).not.toEqual(options.picture);
    expect(() => qrPictureInput.parse({ ...next, text: "x" })).not.toThrow();
    const own = { ...options, picture: { from: "gallery" as const, id: crypto.randomUUID() } };
    expect({ ...own, ...surprise(own, samples) }.picture).toEqual(own.picture);
  }
});
