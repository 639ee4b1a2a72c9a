import { alignmentCentres, blockPlan } from "../encode/capacity";
import type { Code } from "../encode/code";
import { interleave, layoutOf } from "../encode/layout";

/** Part of what a block can correct that a logo may take; the rest is left to dirt, glare and bad cameras. */
const BUDGET = 0.25;
/** Beyond this part of the symbol's side a logo no longer looks like one. */
const LARGEST_PART = 0.24;
/** Below this a picture can't be told. */
const LEAST_MODULES = 5;

/**
 * The largest square in the middle of a code that covers, in no block, more than a quarter of the codewords that the
 * block can correct. An alignment pattern in the very middle may lie under it (readers work without), none is cut.
 * @returns modules a side, odd, or 0 where not even the least fits.
 */
export function logoModules(code: Code): number {
  const largest = Math.floor(code.size * LARGEST_PART);
  for (let side = largest - 1 + (largest % 2); side >= LEAST_MODULES; side -= 2)
    if (isAffordable(code, side) && !cutsAlignment(code, side)) return side;
  return 0;
}

function isAffordable(code: Code, side: number): boolean {
  const plan = blockPlan(code.version, code.ecc);
  const correctable = Math.floor(plan.checkPerBlock / 2);
  return coveredCodewords(code, side).every((covered) => covered <= BUDGET * correctable);
}

/** Codewords of each block with at least one module under the square. */
export function coveredCodewords(code: Code, side: number): number[] {
  const { stream, size } = layoutOf(code.version);
  const plan = blockPlan(code.version, code.ecc);
  const from = (size - side) / 2;
  const within = (v: number): boolean => v >= from && v < from + side;
  const covered = new Uint8Array(plan.totalCodewords + 1);
  stream.forEach((module, i) => {
    if (within(module % size) && within(Math.floor(module / size))) covered[i >> 3] = 1;
  });
  return interleave(plan).map((places) => places.reduce((count, place) => count + covered[place]!, 0));
}

/** Whether a part of an alignment pattern would stand out from under the square. */
function cutsAlignment({ version, size }: Code, side: number): boolean {
  const reach = side / 2;
  const centres = alignmentCentres(version).map((c) => Math.abs(c + 0.5 - size / 2));
  const isCut = (x: number, y: number): boolean => {
    const away = Math.max(x, y);
    return away < reach + 2.5 && away > reach - 2.5;
  };
  return centres.some((x) => centres.some((y) => isCut(x, y)));
}
