import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { moveBehind, type RankedList, ranksBehind } from "@/lib/db/ranked-list";

/** A list in memory, ordered by rank as the database orders it: byte by byte. */
function listOf(count: number) {
  const ids = Array.from({ length: count }, (_, i) => `thing ${i}`);
  const ranks = new Map(ranksBehind(null, count).map((rank, i) => [ids[i]!, rank]));
  const sorted = () => [...ranks].sort(([, a], [, b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  let longest = 0;
  const list: RankedList = {
    rankOf: async (id) => ranks.get(id) ?? null,
    rankAfter: async (rank, except) =>
      sorted().find(([id, other]) => id !== except && (rank === null || other > rank))?.[1] ?? null,
    ids: async () => sorted().map(([id]) => id),
    setRanks: async (changed) => {
      for (const [id, rank] of changed) {
        ranks.set(id, rank);
        longest = Math.max(longest, rank.length);
      }
    },
  };
  return { ids, list, ranks, longest: () => longest };
}

/** What a person expects of a move. */
function moved(order: readonly string[], id: string, after: string | null): string[] {
  const others = order.filter((one) => one !== id);
  others.splice(after === null ? 0 : others.indexOf(after) + 1, 0, id);
  return others;
}

describe("a ranked list", () => {
  test("any series of moves gives the order asked for", async () => {
    const moves = fc.array(fc.tuple(fc.nat(), fc.option(fc.nat())), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), moves, async (count, series) => {
        const { ids, list, ranks } = listOf(count);
        let order = ids;
        for (const [which, behind] of series) {
          const id = ids[which % count]!;
          const after = behind === null ? null : ids[behind % count]!;
          expect(await moveBehind(list, id, after)).toBe(true);
          if (id !== after) order = moved(order, id, after);
        }
        expect(await list.ids()).toEqual(order);
        expect(new Set(ranks.values()).size).toBe(count);
      }),
    );
  });

  test("two that change places for ever never make ranks long", async () => {
    const { list, ids, longest } = listOf(4);
    const [first, second, third] = ids;
    for (let i = 0; i < 2000; i++)
      expect(await moveBehind(list, i % 2 === 0 ? third! : second!, first!)).toBe(true);
    expect(await list.ids()).toEqual([first, second, third, ids[3]]);
    expect(longest()).toBeLessThanOrEqual(64);
  });

  test("what is not in the list is not moved, nor moved behind", async () => {
    const { list, ids } = listOf(2);
    expect(await moveBehind(list, "stranger", ids[0]!)).toBe(false);
    expect(await moveBehind(list, ids[0]!, "stranger")).toBe(false);
    expect(await list.ids()).toEqual(ids);
  });
});
