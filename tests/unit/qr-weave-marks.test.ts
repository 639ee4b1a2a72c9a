import { describe, expect, test } from "vitest";
import { coupling, stampOf } from "@/lib/qr/weave/marks";

const SOFT = stampOf({ diameterPx: 10, edgePx: 4 }, 22);

describe("a mark's stamp", () => {
  test("is full in the middle, nothing at its rim, and as symmetrical as the module", () => {
    for (const modulePx of [21, 22]) {
      const { side, values } = stampOf({ diameterPx: 10, edgePx: 4 }, modulePx);
      expect(side % 2).toBe(modulePx % 2);
      expect(values[Math.floor(side / 2) * side + Math.floor(side / 2)]).toBe(1);
      expect(values[0]).toBe(0);
      expect([...values].reverse()).toEqual([...values]);
    }
  });

  test("never leaves its module", () => {
    expect(stampOf({ diameterPx: 40, edgePx: 4 }, 9).side).toBe(9);
  });
});

describe("what a reader samples of a mark", () => {
  test("is all of it for one sharp pixel at its centre", () => {
    expect(coupling(SOFT, 1, 0)).toBeCloseTo(1, 6);
  });

  test("is less the wider the pixel and the farther the grid may slip", () => {
    const spreads = [1, 3, 5, 9].map((spreadPx) => coupling(SOFT, spreadPx, 1));
    const slips = [0, 1, 2, 4].map((slipPx) => coupling(SOFT, 3, slipPx));
    for (const row of [spreads, slips]) expect(row).toEqual(row.toSorted((a, b) => b - a));
    expect(spreads[0]).toBeGreaterThan(spreads[3]!);
  });

  test("is the mean of what the pixel covers", () => {
    const dot = { side: 1, values: Float32Array.of(1) };
    // Five pixels with their outermost counted half: one of sixteen.
    expect(coupling(dot, 4, 0)).toBeCloseTo(0.15, 6);
    const cross = { side: 3, values: Float32Array.from([0, 1, 0, 1, 1, 1, 0, 1, 0]) };
    // Three by three, the outer ones counted half along each axis: (1 + 4 · ½) / 4.
    expect(coupling(cross, 1, 0)).toBeCloseTo((1 + 4 * 0) / 1, 6);
    expect(coupling(cross, 2, 0)).toBeCloseTo((1 + 4 * 0.5) / 4, 6);
  });

  test("never vanishes, so that a solver's step stays bounded", () => {
    expect(coupling(stampOf({ diameterPx: 2, edgePx: 1 }, 22), 25, 4)).toBe(0.15);
  });
});
