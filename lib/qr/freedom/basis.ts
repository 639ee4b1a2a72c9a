import { checkCodewords } from "../encode/reed-solomon";

/**
 * The codewords that one Reed–Solomon block can take without touching its payload, as a vector space over GF(2):
 * any base codeword plus any sum of `rows` is again valid.
 *
 * The rows are in reduced form for an order of preference: row i is the only one with bit `pivots[i]`, so those bits
 * can each be chosen at will, and they are the most preferred set of bits for which this is possible (the greedy
 * choice is optimal: independent sets of bits form a matroid).
 * @source the method of Russ Cox, "QArt Codes" (research.swtch.com/qart), carried to reduced row-echelon form.
 */
export interface BlockBasis {
  /** Words of 32 bits in a row. */
  readonly words: number;
  readonly rows: readonly Uint32Array[];
  readonly pivots: Uint32Array;
}

const hasBit = (row: Uint32Array, bit: number): boolean => ((row[bit >> 5]! >>> (bit & 31)) & 1) === 1;

/** Packs codewords into 32-bit words, bit 0 of word 0 the first codeword's most significant bit. */
export function packCodewords(data: Uint8Array, check: Uint8Array): Uint32Array {
  const total = data.length + check.length;
  const row = new Uint32Array(Math.ceil(total / 4));
  for (let i = 0; i < total; i++) {
    const byte = i < data.length ? data[i]! : check[i - data.length]!;
    for (let bit = 0; bit < 8; bit++)
      if ((byte >> (7 - bit)) & 1) row[(i * 8 + bit) >> 5]! |= 1 << ((i * 8 + bit) & 31);
  }
  return row;
}

/**
 * @param dataCount   data codewords of the block; `checkCount` check codewords follow.
 * @param firstFree   the first data bit of the block that may be chosen; `dataCount * 8` when none may.
 * @param order       bits of the block (data and check), most preferred first; fixed data bits may be left in.
 */
export function blockBasis(
  dataCount: number,
  checkCount: number,
  firstFree: number,
  order: Uint32Array,
): BlockBasis {
  const rows: Uint32Array[] = [];
  for (let bit = firstFree; bit < dataCount * 8; bit++) {
    const data = new Uint8Array(dataCount);
    data[bit >> 3] = 0x80 >> (bit & 7);
    rows.push(packCodewords(data, checkCodewords(data, checkCount)));
  }
  const words = Math.ceil((dataCount + checkCount) / 4);
  const pivots = new Uint32Array(rows.length);
  let settled = 0;
  for (const bit of order) {
    if (settled === rows.length) break;
    let found = settled;
    while (found < rows.length && !hasBit(rows[found]!, bit)) found++;
    if (found === rows.length) continue;
    const pivot = rows[found]!;
    rows[found] = rows[settled]!;
    rows[settled] = pivot;
    for (const row of rows) {
      if (row === pivot || !hasBit(row, bit)) continue;
      for (let w = 0; w < words; w++) row[w]! ^= pivot[w]!;
    }
    pivots[settled++] = bit;
  }
  return { words, rows, pivots };
}
