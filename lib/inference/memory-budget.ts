import { totalmem } from "node:os";

const SHARE = 0.6;

/**
 * Bytes that models may take up: as many megabytes as are given, else 60 % of the machine's memory, or of what the
 * container may use of it.
 */
export function memoryBudget(givenMb: number | undefined): number {
  if (givenMb !== undefined) return givenMb * 2 ** 20;
  // 0 where nothing limits the process; some systems say so with an absurdly large number.
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return Math.floor(SHARE * Math.min(totalmem(), limit));
}
