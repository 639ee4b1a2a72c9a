import { expect, test } from "vitest";
import { AIMS, missedAims } from "@/scripts/bench/app/aims";

const KEPT = {
  latencies: [{ request: "/gallery", while: "portrait", p99Ms: 149 }],
  made: [
    { name: "portrait", firstMs: null, allMs: 29_000 },
    { name: "album", firstMs: 9_000, allMs: 20_000 },
  ],
  startMs: 4_000,
};

test("where every aim is kept nothing is missed", () => {
  expect(missedAims(KEPT)).toEqual([]);
});

test.each([
  [
    "a slow answer",
    { latencies: [{ request: "/gallery", while: "portrait", p99Ms: AIMS.p99Ms }] },
    "/gallery",
  ],
  ["a late first picture", { made: [{ name: "album", firstMs: 11_000, allMs: 20_000 }] }, "album, first"],
  [
    "a scenario that takes too long",
    { made: [{ name: "album", firstMs: null, allMs: 31_000 }] },
    "album, all",
  ],
  ["a slow start", { startMs: 12_000 }, "npm start"],
])("%s is told", (_, change, named) => {
  const missed = missedAims({ ...KEPT, ...change });
  expect(missed).toHaveLength(1);
  expect(missed[0]).toContain(named);
});
