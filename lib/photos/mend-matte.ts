import type { Matte } from "./matte";

/** Spots smaller than this part of the largest are none of it. */
const LEAST_PART = 0.06;
/** A hole that is smaller than this part of the thing is a fault; a handle's hole is larger. */
const LEAST_HOLE = 0.02;

/** Without spots that stand apart and small holes. */
export function mendMatte({ width, height, data }: Matte): Matte {
  const mended = Uint8ClampedArray.from(data, (value) => (value > 127 ? 255 : 0));
  const spots = regions({ width, height, data: mended }, 255);
  const largest = Math.max(0, ...spots.map(({ pixels }) => pixels.length));
  for (const { pixels } of spots)
    if (pixels.length < LEAST_PART * largest) for (const at of pixels) mended[at] = 0;
  for (const { pixels, isAtEdge } of regions({ width, height, data: mended }, 0))
    if (!isAtEdge && pixels.length < LEAST_HOLE * largest) for (const at of pixels) mended[at] = 255;
  return { width, height, data: mended };
}

interface Region {
  readonly pixels: readonly number[];
  readonly isAtEdge: boolean;
}

/** Pixels of a value that touch one another. */
function regions({ width, height, data }: Matte, value: number): Region[] {
  const seen = new Uint8Array(width * height);
  const found: Region[] = [];
  for (let start = 0; start < data.length; start++) {
    if (seen[start] || data[start] !== value) continue;
    const pixels = [start];
    let isAtEdge = false;
    seen[start] = 1;
    for (let i = 0; i < pixels.length; i++) {
      const at = pixels[i]!;
      const [x, y] = [at % width, (at / width) | 0];
      isAtEdge ||= x === 0 || y === 0 || x === width - 1 || y === height - 1;
      const next = [
        x > 0 && at - 1,
        x < width - 1 && at + 1,
        y > 0 && at - width,
        y < height - 1 && at + width,
      ];
      for (const other of next)
        if (other !== false && !seen[other] && data[other] === value) {
          seen[other] = 1;
          pixels.push(other);
        }
    }
    found.push({ pixels, isAtEdge });
  }
  return found;
}
