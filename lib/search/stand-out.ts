/**
 * How far words stand out for a picture among other words: (cos(words, picture) − mean) / deviation, over what the same
 * picture has in common with the words of a vocabulary. Cosines themselves do not compare: some pictures are near to
 * everything, and one query's 0.3 is another one's 0.2.
 * @param vector the picture's, of length 1.
 * @param background vectors of a vocabulary's words, of length 1.
 */
export function standOut(
  words: Float32Array,
  vector: Float32Array,
  background: readonly Float32Array[],
): number {
  let [sum, squares] = [0, 0];
  for (const word of background) {
    const near = dot(word, vector);
    sum += near;
    squares += near * near;
  }
  const mean = sum / background.length;
  const deviation = Math.sqrt(Math.max(1e-12, squares / background.length - mean * mean));
  return (dot(words, vector) - mean) / deviation;
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
