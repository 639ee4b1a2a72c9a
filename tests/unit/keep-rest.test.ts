import { expect, test } from "vitest";
import { cutForPart, putBack, restOf } from "@/lib/drawing/keep-rest";
import { type Picture, picture } from "@/lib/engine/picture";

const never = new AbortController().signal;

/** Every pixel tells where it is. */
const placed = (width: number, height: number): Picture =>
  picture(
    width,
    height,
    Uint8ClampedArray.from({ length: width * height * 3 }, (_, i) => {
      const [x, y] = [((i / 3) | 0) % width, (i / 3 / width) | 0];
      return [x, y, 7][i % 3]!;
    }),
  );

const plain = (width: number, height: number, value: number): Picture =>
  picture(width, height, new Uint8ClampedArray(width * height * 3).fill(value));

function maskOf(width: number, height: number): Picture {
  const mask = plain(width, height, 0);
  for (let y = 100; y < 130; y++) mask.data.fill(255, 3 * (y * width + 100), 3 * (y * width + 140));
  return mask;
}

const rest = () => restOf(placed(250, 200), maskOf(250, 200), 64);

test("a part is cut out to the letter of a size, and so is what it follows", async () => {
  const own = rest();
  const { left, top, width, height } = own.part.region;
  const control = { picture: placed(250, 200), weight: 0.5 };
  const { init, mask, controls } = await cutForPart(own, { width, height }, [control]);
  expect([...init.data.subarray(0, 3)]).toEqual([left, top, 7]);
  expect(controls).toEqual([{ picture: init, weight: 0.5 }]);
  expect([...new Set(mask.data)].sort()).toEqual([0, 255]);
  const drawn = await cutForPart(own, { width: 64, height: 56 }, []);
  expect(drawn).toMatchObject({ init: { width: 64, height: 56 }, mask: { width: 64, height: 56 } });
});

test("what was drawn goes back in its place in any size, finished as it is there", async () => {
  const own = rest();
  const seen: [number, number][] = [];
  const finish = (fitted: Picture): Picture => {
    seen.push([fitted.width, fitted.height]);
    return plain(fitted.width, fitted.height, 200);
  };
  const made = await putBack(own, plain(32, 24, 90), null, { signal: never, finish });
  expect(seen).toEqual([[own.part.region.width, own.part.region.height]]);
  const at = (x: number, y: number) => [...made.data.subarray(3 * (y * 250 + x), 3 * (y * 250 + x) + 3)];
  expect([at(120, 115), at(3, 4), at(249, 199)]).toEqual([
    [200, 200, 200],
    [3, 4, 7],
    [249, 199, 7],
  ]);
  const plainly = await putBack(own, plain(32, 24, 90), null, { signal: never });
  expect([...plainly.data.subarray(3 * (115 * 250 + 120), 3 * (115 * 250 + 120) + 3)]).toEqual([90, 90, 90]);
});

test("where nothing is painted there is nothing to draw", () => {
  expect(() => restOf(placed(90, 60), plain(90, 60, 100), 64)).toThrow(
    expect.objectContaining({ code: "mask_empty" }),
  );
});
