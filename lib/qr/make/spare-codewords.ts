import { blockPlan } from "../encode/capacity";
import type { Code } from "../encode/code";
import { interleave, layoutOf } from "../encode/layout";

/**
 * The codewords that are dearest to draw, left to error correction: greedy, which is optimal because costs add up and
 * blocks are independent.
 * @param cost  a module, what its mark costs the picture; 0 where there is none.
 * @param share of each block's correctable codewords that may be spent, 0 … 0.25; the rest stays with the reader.
 * @returns 1 for every module that need not be drawn, row-major.
 */
export function spareCodewords(code: Code, cost: Float32Array, share: number): Uint8Array {
  const { stream } = layoutOf(code.version);
  const plan = blockPlan(code.version, code.ecc);
  const budget = Math.floor((plan.checkPerBlock / 2) * share);
  const spared = new Uint8Array(code.modules.length);
  for (const places of interleave(plan)) {
    const codewords = Array.from(places, (place) => stream.subarray(place * 8, place * 8 + 8));
    const costs = codewords.map((modules) => modules.reduce((sum, module) => sum + cost[module]!, 0));
    const dearest = [...costs.keys()].sort((a, b) => costs[b]! - costs[a]! || a - b).slice(0, budget);
    for (const i of dearest) if (costs[i]! > 0) for (const module of codewords[i]!) spared[module] = 1;
  }
  return spared;
}
