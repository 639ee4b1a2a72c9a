/**
 * Noise that belongs to a place: the same for the same seed and index, independent otherwise.
 * @returns 0 … 1, 1 not included.
 * @source Chris Wellons, "Prospecting for hash functions", 2018 (lowbias32)
 */
export function chance(seed: number, index: number): number {
  let x = (Math.imul(index + 1, 0x9e3779b9) ^ seed) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}
