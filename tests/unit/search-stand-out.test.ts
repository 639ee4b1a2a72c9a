import { expect, test } from "vitest";
import { standOut } from "@/lib/search/stand-out";

const unit = (...values: number[]) => {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
};

test("counts deviations above the mean of a vocabulary, for the same picture", () => {
  const background = [unit(1, 0, 0), unit(0, 1, 0), unit(0, 0, 1), unit(1, 1, 1)];
  const picture = unit(3, 1, 0);
  const near = background.map((word) => word.reduce((sum, value, i) => sum + value * picture[i]!, 0));
  const mean = near.reduce((sum, each) => sum + each, 0) / 4;
  const deviation = Math.sqrt(near.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 4);
  const [first, last] = standOut([background[0]!, background[2]!], picture, background);
  expect(first).toBeCloseTo((near[0]! - mean) / deviation, 5);
  expect(last).toBeCloseTo((near[2]! - mean) / deviation, 5);
  expect(first).toBeGreaterThan(0);
  expect(last).toBeLessThan(0);
});

test("a vocabulary of one word says nothing, and nothing breaks", () => {
  expect(standOut([unit(1, 0)], unit(1, 0), [unit(1, 0)])).toEqual([0]);
});
