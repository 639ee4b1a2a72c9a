import { expect, test } from "vitest";
import {
  detailOf,
  FIRST_PORTRAIT,
  portraitOf,
  sheetOf,
  sheetStyles,
} from "@/app/(studio)/_portrait/portrait-form";
import { portraitInput } from "@/lib/scenarios/portrait/portrait.job";

const photo = "00000000-0000-4000-8000-000000000000";
const form = { ...FIRST_PORTRAIT, photo };

test("who is in the photo is asked for by a tap or in one's own words", () => {
  expect(portraitOf({ ...form, who: "cat" }, [])).toMatchObject({ who: "a cat" });
  expect(portraitOf({ ...form, who: "own", whoWords: "戴帽子的老人" }, [])).toMatchObject({
    who: "戴帽子的老人",
  });
  expect(portraitOf({ ...form, who: "own", whoWords: "  " }, [])).toMatchObject({ who: null });
});

test("what this model cannot hold is not asked for", () => {
  const chosen = { ...form, hold: "light" } as const;
  expect(portraitOf(chosen, ["lines", "light"])).toMatchObject({ hold: "light" });
  expect(portraitOf(chosen, ["lines"])).toMatchObject({ hold: null });
});

test("what is compared follows the style until it is chosen, and is never more than the job takes", () => {
  expect(sheetStyles({ ...form, style: "chalkboard" })).toEqual(["chalkboard", "comic", "flat", "outline"]);
  expect(sheetOf({ ...form, sheetStyles: ["ink", "flat"] })).toEqual({
    ...{ styles: ["flat", "ink"], strengths: [0.25, 0.5, 0.8] },
  });
  const six = ["flat", "outline", "watercolour", "paper-cut", "pastel", "ink"] as const;
  const asked = { ...form, sheetStyles: [...six] };
  expect(sheetOf(asked)).toBeNull();
  expect(sheetOf({ ...asked, sheetStrengths: [] })).toBeNull();
  const sheet = sheetOf({ ...asked, sheetStrengths: [0.25, 0.8] });
  expect(portraitInput.safeParse({ photo, sheet }).success).toBe(true);
});

test("only one of a sheet's portraits is drawn in detail: one by itself was", () => {
  const [id, other] = [photo, "00000000-0000-4000-8000-000000000001"];
  const settings = portraitInput.parse({ ...portraitOf(form, []), style: "ink" });
  expect(detailOf({ id, settings }, { cells: [other, id] })).toMatchObject({ style: "ink", sheet: null });
  expect(detailOf({ id, settings }, { cells: [other] })).toBeNull();
  expect(detailOf({ id, settings }, null)).toBeNull();
});
