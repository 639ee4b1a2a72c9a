/** Deviations from which on a picture is what was asked for: `npm run bench -- albums` says how often that is right. */
export const MATCHES = 2.8;
/** Deviations, the mean of both languages, from which on a word is one of a picture's tags; likewise. */
export const IS_A_TAG = 2.4;
/** Deviations more, or fewer, for a word that its owner wants told only when sure, or generously. */
export const CARE = { sure: 0.5, balanced: 0, generous: -0.5 } as const;

/**
 * How far words stand out for a picture among other words: (cos(words, picture) − mean) / deviation, over what the same
 * picture has in common with the words of a vocabulary. Cosines themselves do not compare: some pictures are near to
 * everything, and one query's 0.3 is another one's 0.2.
 * @param words vectors of length 1; each is answered for by itself.
 * @param picture its vector, of length 1.
 * @param background vectors of a vocabulary's words, of length 1.
 * @returns deviations above the mean.
 */
export function standOut(
  words: readonly Float32Array[],
  picture: Float32Array,
  background: readonly Float32Array[],
): number[] {
  const near = background.map((word) => dot(word, picture));
  const mean = near.reduce((sum, each) => sum + each, 0) / near.length;
  const variance = near.reduce((sum, each) => sum + (each - mean) ** 2, 0) / near.length;
  const deviation = Math.sqrt(variance) || 1;
  return words.map((word) => (dot(word, picture) - mean) / deviation);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
