import type { Gray } from "../raster";

/** Area mean to a new size (never larger), as a camera further away would see it. */
export function shrinkGray(image: Gray, width: number, height: number): Gray {
  const columns = image.width / width;
  const rows = image.height / height;
  const narrow = new Float32Array(width * image.height);
  for (let y = 0; y < image.height; y++)
    for (let x = 0; x < width; x++) narrow[y * width + x] = mean(image.data, y * image.width, 1, columns, x);
  const data = new Uint8ClampedArray(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data[y * width + x] = mean(narrow, x, width, rows, y);
  return { width, height, data };
}

/** Mean over the `ratio` elements, part elements included, that the i-th of the result stands for. */
function mean(data: ArrayLike<number>, start: number, stride: number, ratio: number, i: number): number {
  const low = i * ratio;
  const high = low + ratio;
  let sum = 0;
  for (let k = Math.floor(low); k < high; k++) {
    const weight = Math.min(k + 1, high) - Math.max(k, low);
    if (weight > 1e-9) sum += weight * data[start + k * stride]!;
  }
  return sum / ratio;
}
