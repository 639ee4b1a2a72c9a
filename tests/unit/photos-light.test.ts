import { expect, test } from "vitest";
import { picture } from "@/lib/engine/picture";
import { castShadow } from "@/lib/photos/cast-shadow";
import { inLight, inShadow, lightOf } from "@/lib/photos/match-light";

const plain = (colour: readonly number[]) =>
  picture(
    8,
    8,
    Uint8ClampedArray.from({ length: 8 * 8 * 3 }, (_, i) => colour[i % 3]!),
  );

test("a warm ground warms what stands on it, the more the more is asked for, and never beyond recognition", () => {
  const sunset = plain([230, 150, 70]);
  expect(lightOf(sunset, 0)).toEqual([1, 1, 1]);
  const [little, all] = [lightOf(sunset, 0.3), lightOf(sunset, 1)];
  expect(little[0]).toBeGreaterThan(1);
  expect(all[0]).toBeGreaterThan(little[0]);
  expect(all[2]).toBeLessThan(little[2]);
  for (const gain of [...lightOf(plain([255, 0, 0]), 1), ...lightOf(plain([0, 0, 0]), 1)])
    expect(Math.abs(gain - 1)).toBeLessThanOrEqual(0.16 + 0.14);
  expect([...inLight(plain([100, 100, 100]), [1.1, 1, 0.9]).data.subarray(0, 3)]).toEqual([110, 100, 90]);
});

test("a thing's shadow lies beneath it, and is as dark as is asked for", async () => {
  const matte = { width: 20, height: 20, data: new Uint8ClampedArray(400).fill(255) };
  const size = { width: 60, height: 60 };
  const shadow = await castShadow(size, matte, { left: 20, top: 20, width: 20, height: 20 });
  const at = (x: number, y: number) => shadow.data[y * size.width + x]!;
  expect(at(30, 39)).toBeGreaterThan(60);
  expect(at(30, 2)).toBe(0);
  const ground = picture(60, 60, new Uint8ClampedArray(60 * 60 * 3).fill(200));
  const light = (amount: number) =>
    inShadow(ground, shadow, amount).data.reduce((sum, value) => sum + value, 0);
  expect(light(0)).toBe(200 * 60 * 60 * 3);
  expect(light(0.3)).toBeLessThan(light(0));
  expect(light(1)).toBeLessThan(light(0.3));
});
