/** A plane of numbers, float32 [height · width]. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Averages blocks of factor × factor; those at the right and lower borders may be smaller. */
export function shrinkPlane({ width, height, data }: Plane, factor: number): Plane {
  const [across, down] = [Math.ceil(width / factor), Math.ceil(height / factor)];
  const sums = new Float32Array(across * down);
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(y / factor) * across;
    for (let x = 0; x < width; x++, at++) sums[row + Math.floor(x / factor)]! += data[at]!;
  }
  for (let y = 0, at = 0; y < down; y++) {
    const rows = Math.min(factor, height - y * factor);
    for (let x = 0; x < across; x++, at++) sums[at]! /= rows * Math.min(factor, width - x * factor);
  }
  return { width: across, height: down, data: sums };
}

/** Adds a small plane to a large one: enlarged bilinearly, pixel centres aligned, borders replicated. */
export function addEnlarged(large: Plane, small: Plane): void {
  const { width, height, data } = large;
  const across = betweenOf(small.width, width);
  const down = betweenOf(small.height, height);
  const row = new Float32Array(small.width);
  for (let y = 0, at = 0; y < height; y++) {
    const above = down.first[y]! * small.width;
    const below = down.second[y]! * small.width;
    const low = down.part[y]!;
    for (let x = 0; x < small.width; x++)
      row[x] = small.data[above + x]! + low * (small.data[below + x]! - small.data[above + x]!);
    for (let x = 0; x < width; x++, at++) {
      const left = row[across.first[x]!]!;
      data[at]! += left + across.part[x]! * (row[across.second[x]!]! - left);
    }
  }
}

/** For each sample of a longer axis the two of the shorter one that it lies between, and how near to the second. */
function betweenOf(short: number, long: number) {
  const first = new Int32Array(long);
  const second = new Int32Array(long);
  const part = new Float32Array(long);
  for (let i = 0; i < long; i++) {
    const centre = Math.min(short - 1, Math.max(0, ((i + 0.5) * short) / long - 0.5));
    first[i] = Math.floor(centre);
    second[i] = Math.min(short - 1, first[i]! + 1);
    part[i] = centre - first[i]!;
  }
  return { first, second, part };
}
