/** Of the Gaussian, in cells of the map, and how far it reaches: the reference's kernel of 11. */
const SIGMA = 0.8;
const RADIUS = 5;

const KERNEL = (() => {
  const weights = Array.from({ length: 2 * RADIUS + 1 }, (_, i) =>
    Math.exp(-((i - RADIUS) ** 2) / (2 * SIGMA ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
})();

/**
 * A heatmap [height · width] blurred, mirrored beyond its borders.
 * @source scipy.ndimage.gaussian_filter, mode "reflect"
 */
export function smoothHeatmap(map: Float32Array, width: number, height: number): Float32Array {
  const along = (source: Float32Array, length: number, step: number, lines: number, apart: number) => {
    const out = new Float32Array(source.length);
    for (let line = 0; line < lines; line++)
      for (let i = 0; i < length; i++) {
        let sum = 0;
        KERNEL.forEach((weight, k) => {
          sum += weight * source[line * apart + mirror(i + k - RADIUS, length) * step]!;
        });
        out[line * apart + i * step] = sum;
      }
    return out;
  };
  return along(along(map, height, width, width, 1), width, 1, height, width);
}

/** … 1 0 | 0 1 … n−1 | n−1 n−2 … */
function mirror(i: number, length: number): number {
  const at = ((i % (2 * length)) + 2 * length) % (2 * length);
  return at < length ? at : 2 * length - 1 - at;
}
