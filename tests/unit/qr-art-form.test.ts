import { expect, test } from "vitest";
import { readArtReport } from "@/app/_ui/verdict/art-report";
import { formOfArt } from "@/app/(studio)/_qr-art/qr-art-form";
import { qrArtInput } from "@/lib/scenarios/qr-art/qr-art.job";

const asked = qrArtInput.parse({
  ...{ text: "https://example.com", prompt: "a lighthouse", style: "night", blend: 0.7, level: "art" },
  ...{ model: "dream", loras: [{ name: "ink", weight: 0.5 }], steps: 8, seed: 41, candidates: 1 },
});

test("a drawn code gives back what it looked like: not what it says, nor the seed that would draw the same", () => {
  const { options, ...look } = formOfArt({ text: asked.text, look: "photo", art: asked });
  expect(look).toEqual({ prompt: "a lighthouse", style: "night", blend: 0.7, level: "art" });
  expect(options).toMatchObject({ model: "dream", loras: asked.loras, steps: 8, seed: null });
});

test.each([null, {}, { art: null }, { art: { prompt: 7 } }, "words"])("%j gives back nothing", (settings) => {
  const { options: _, ...look } = formOfArt(settings);
  expect(look).toEqual({});
});

test("codes from before the whole jury looked at drawings still say who read them", () => {
  const old = { jury: { score: 95 }, before: { readers: 2, of: 4 } };
  expect(readArtReport(old)?.before).toEqual({ readers: 2, of: 4 });
  const jury = { score: 31.2, read: 20, of: 68 };
  expect(readArtReport({ ...old, before: { ...old.before, jury } })?.before.jury).toEqual(jury);
  expect(readArtReport({ jury: { score: 95 } })).toBeNull();
});
