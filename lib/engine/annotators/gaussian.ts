/** A Gaussian's weights at 0, 1, … ⌈3σ⌉, of a symmetric kernel whose whole sum is 1. */
export function gaussianHalf(sigmaPx: number): Float64Array {
  const half = Float64Array.from({ length: Math.ceil(3 * sigmaPx) + 1 }, (_, d) =>
    sigmaPx > 0 ? Math.exp(-(d * d) / (2 * sigmaPx * sigmaPx)) : 1,
  );
  const sum = half.reduce((total, weight, d) => total + (d === 0 ? weight : 2 * weight), 0);
  return half.map((weight) => weight / sum);
}

/**
 * Gaussian blur with replicated borders.
 * @param plane float32 [height · width]; never written to.
 * @param sigmaPx 0 returns the plane as it is.
 */
export function blur(plane: Float32Array, width: number, height: number, sigmaPx: number): Float32Array {
  if (sigmaPx <= 0) return plane;
  const half = gaussianHalf(sigmaPx);
  return blurColumns(blurRows(plane, width, height, half), width, height, half);
}

function blurRows(plane: Float32Array, width: number, height: number, half: Float64Array): Float32Array {
  const radius = half.length - 1;
  const blurred = new Float32Array(plane.length);
  const padded = new Float32Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    const row = plane.subarray(y * width, (y + 1) * width);
    padded.fill(row[0]!, 0, radius);
    padded.set(row, radius);
    padded.fill(row[width - 1]!, radius + width);
    for (let x = 0; x < width; x++) {
      let sum = half[0]! * padded[x + radius]!;
      for (let d = 1; d <= radius; d++) sum += half[d]! * (padded[x + radius - d]! + padded[x + radius + d]!);
      blurred[y * width + x] = sum;
    }
  }
  return blurred;
}

/** Goes row by row, so that memory is read in order. */
function blurColumns(plane: Float32Array, width: number, height: number, half: Float64Array): Float32Array {
  const blurred = new Float32Array(plane.length);
  const sum = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) sum[x] = half[0]! * plane[y * width + x]!;
    for (let d = 1; d < half.length; d++) {
      const weight = half[d]!;
      const above = Math.max(0, y - d) * width;
      const below = Math.min(height - 1, y + d) * width;
      for (let x = 0; x < width; x++) sum[x]! += weight * (plane[above + x]! + plane[below + x]!);
    }
    blurred.set(sum, y * width);
  }
  return blurred;
}
