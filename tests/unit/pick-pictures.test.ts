import { expect, test } from "vitest";
import { pickPictures } from "@/app/(library)/_selection/pick-pictures";

const ORDER = ["a", "b", "c", "d", "e"];
const pick = (chosen: string[], id: string, from: string | null = null, most = 9) =>
  [...pickPictures(ORDER, new Set(chosen), id, from, most)].sort();

test("a click chooses a picture, and gives it up again", () => {
  expect(pick([], "b")).toEqual(["b"]);
  expect(pick(["b", "d"], "b")).toEqual(["d"]);
});

test("with Shift everything in between is chosen, in either direction, and nothing is given up", () => {
  expect(pick(["b"], "d", "b")).toEqual(["b", "c", "d"]);
  expect(pick(["e", "c"], "b", "d")).toEqual(["b", "c", "d", "e"]);
  expect(pick(["b"], "b", "b")).toEqual(["b"]);
});

test("a beginning that is shown no more is none", () => {
  expect(pick(["a"], "c", "gone")).toEqual(["a", "c"]);
  expect(pick(["a"], "gone")).toEqual(["a"]);
});

test("no more than so many", () => {
  expect(pick(["a", "b"], "e", "a", 3)).toEqual(["a", "b", "c"]);
  expect(pick(["a", "b"], "e", null, 2)).toEqual(["a", "b"]);
});
