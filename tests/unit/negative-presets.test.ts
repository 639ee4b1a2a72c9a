import fc from "fast-check";
import { expect, test } from "vitest";
import { hasPreset, NEGATIVE_PRESETS, presetWords, togglePreset } from "@/lib/drawing/negative-presets";

const [hands] = NEGATIVE_PRESETS;

test("a preset is added behind what stands there, and taken away without it", () => {
  expect(togglePreset("", hands)).toBe("extra fingers, deformed hands");
  expect(togglePreset("photo, ", hands)).toBe("photo, extra fingers, deformed hands");
  expect(togglePreset("photo, extra fingers, dark, deformed hands", hands)).toBe("photo, dark");
});

test("half a preset is filled up, nothing twice; any comma separates, letters' case does not matter", () => {
  expect(togglePreset("Extra Fingers，dark", hands)).toBe("Extra Fingers，dark, deformed hands");
  expect(hasPreset("Extra fingers、DEFORMED hands", hands)).toBe(true);
  // A word within others is another word.
  expect(hasPreset("no extra fingers at all, deformed hands", hands)).toBe(false);
});

test("tapped twice, a preset leaves the words of others in place", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("photo", "dark", "rain", "blurry"), { maxLength: 5 }), (words) => {
      const before = words.join(", ");
      const on = togglePreset(before, hands);
      expect(hasPreset(on, hands)).toBe(true);
      expect(togglePreset(on, hands)).toBe(before);
    }),
  );
});

test("presets in one", () => {
  expect(presetWords("hands", "blurry")).toBe("extra fingers, deformed hands, blurry, low quality");
});
