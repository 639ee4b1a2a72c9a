import fc from "fast-check";
import { expect, test } from "vitest";
import { uniqueNames } from "@/lib/pictures/unique-names";

test("the first keeps its name, others are numbered before the ending", () => {
  expect(uniqueNames(["beach.jpg", "Beach.JPG", "beach.png", "beach.jpg", "beach (2).jpg"])).toEqual([
    ...["beach.jpg", "Beach (2).JPG", "beach.png", "beach (3).jpg", "beach (2) (2).jpg"],
  ]);
  expect(uniqueNames(["x", "x", ".x", ".x"])).toEqual(["x", "x (2)", ".x", ".x (2)"]);
});

test("whatever the names are, no two are the same on any disk", () => {
  const name = fc.stringMatching(/^[aA][bé]?( \(2\))?(\.jpg)?$/);
  fc.assert(
    fc.property(fc.array(name, { maxLength: 30 }), (names) => {
      const told = uniqueNames(names).map((one) => one.normalize("NFC").toLowerCase());
      expect(new Set(told).size).toBe(names.length);
    }),
  );
});
