/** Places in a row, and rows; each is compared with its right neighbour. */
const SIDE = 8;
/** Of 255: less is grain, or what compressing left, and says nothing. */
const LEAST_STEP = 2;

/** Pixels of a small likeness, 4 bytes each. */
interface Rgba {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * What a picture looks like, in 64 bits: where it gets darker from left to right. Copies of another size, quality or
 * brightness differ in few of them.
 * @returns 16 hexadecimal digits.
 * @source dHash, https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html
 */
export function fingerprintOf(picture: Rgba): string {
  let bits = 0n;
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const falls = lightness(picture, x, y) - lightness(picture, x + 1, y) > LEAST_STEP;
      bits = (bits << 1n) | (falls ? 1n : 0n);
    }
  return bits.toString(16).padStart(16, "0");
}

/** The mean of one place of 9 by 8, 0 to 255; what is clear is white. */
function lightness({ data, width, height }: Rgba, column: number, row: number): number {
  const [left, right] = edges(column, SIDE + 1, width);
  const [top, bottom] = edges(row, SIDE, height);
  let sum = 0;
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const at = (y * width + x) * 4;
      const luma = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
      const alpha = data[at + 3]! / 255;
      sum += luma * alpha + 255 * (1 - alpha);
    }
  return sum / ((bottom - top) * (right - left));
}

function edges(index: number, count: number, length: number): [number, number] {
  const from = Math.min(length - 1, Math.floor((index * length) / count));
  return [from, Math.max(from + 1, Math.floor(((index + 1) * length) / count))];
}
