import { QrError } from "../qr-error";
import { ECC_LEVELS, type Ecc, sizeOfVersion } from "./code";

// ISO/IEC 18004:2015 table 9, by level and version 1 … 40: check codewords in each block, and blocks.
const CHECK_PER_BLOCK: Record<Ecc, readonly number[]> = {
  L: [
    7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
  ],
  M: [
    10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28,
    28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  ],
  Q: [
    13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
  ],
  H: [
    17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
  ],
};
const BLOCKS: Record<Ecc, readonly number[]> = {
  L: [
    1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17,
    18, 19, 19, 20, 21, 22, 24, 25,
  ],
  M: [
    1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29,
    31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
  ],
  Q: [
    1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38,
    40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
  ],
  H: [
    1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45,
    48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
  ],
};

/** Centres of the alignment patterns along one axis, in modules from the symbol's edge; empty for version 1. */
export function alignmentCentres(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const last = sizeOfVersion(version) - 7;
  // Even steps rounded up to the next even number, counted from the far end; version 32 is the standard's exception.
  const step = version === 32 ? 26 : Math.ceil((last - 6) / (count - 1) / 2) * 2;
  const centres = Array.from({ length: count - 1 }, (_, i) => last - i * step);
  return [6, ...centres.reverse()];
}

/** Modules that carry codewords or remainder bits, function patterns taken off. */
function rawDataModules(version: number): number {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const alignments = Math.floor(version / 7) + 2;
    modules -= (25 * alignments - 10) * alignments - 55;
    if (version >= 7) modules -= 36;
  }
  return modules;
}

/** How a symbol's codewords are divided: `blocks[i]` holds that many data codewords and `checkPerBlock` check codewords. */
export interface BlockPlan {
  readonly blocks: readonly number[];
  readonly checkPerBlock: number;
  readonly dataCodewords: number;
  readonly totalCodewords: number;
}

const plans = new Map<string, BlockPlan>();

/** @throws QrError option_invalid for a version outside 1 … 40. */
export function blockPlan(version: number, ecc: Ecc): BlockPlan {
  const key = `${version}${ecc}`;
  const known = plans.get(key);
  if (known) return known;
  const checkPerBlock = CHECK_PER_BLOCK[ecc][version - 1];
  const blockCount = BLOCKS[ecc][version - 1];
  if (checkPerBlock === undefined || blockCount === undefined)
    throw new QrError("option_invalid", `version ${version} is not within 1 … 40`, { option: "version" });
  const totalCodewords = rawDataModules(version) >> 3;
  const dataCodewords = totalCodewords - checkPerBlock * blockCount;
  const short = Math.floor(dataCodewords / blockCount);
  const longBlocks = dataCodewords % blockCount;
  const blocks = Array.from({ length: blockCount }, (_, i) => short + (i >= blockCount - longBlocks ? 1 : 0));
  const plan = { blocks, checkPerBlock, dataCodewords, totalCodewords };
  plans.set(key, plan);
  return plan;
}

/** Every (version, level) that holds `bitsAt(version)` data bits, smallest version first, strongest level first. */
export function fittingPlans(bitsAt: (version: number) => number): { version: number; ecc: Ecc }[] {
  const fitting: { version: number; ecc: Ecc }[] = [];
  for (let version = 1; version <= 40; version++)
    for (const ecc of [...ECC_LEVELS].reverse())
      if (bitsAt(version) <= blockPlan(version, ecc).dataCodewords * 8) fitting.push({ version, ecc });
  return fitting;
}
