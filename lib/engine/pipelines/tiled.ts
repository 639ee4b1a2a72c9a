import { sizeOf, type Tensor, tensor } from "../tensor";

export interface Tiling {
  /** Pixels of the input a side, and how many of them neighbours share. */
  readonly tile: number;
  readonly overlap: number;
  /** Output pixels for one of the input. */
  readonly factor: number;
}

/**
 * A picture-to-picture network on tiles, blended linearly where they overlap, so that its memory does not grow with
 * the picture. @param x [n, c, h, w] @returns [n, C, factor·h, factor·w]
 */
export async function tiled(
  x: Tensor,
  { tile, overlap, factor }: Tiling,
  run: (part: Tensor) => Promise<Tensor>,
): Promise<Tensor> {
  const [count, , height, width] = x.shape as [number, number, number, number];
  let sum: Float32Array | null = null;
  let channels = 0;
  const weight = new Float32Array(height * factor * width * factor);
  for (const top of startsOf(height, tile, overlap))
    for (const left of startsOf(width, tile, overlap)) {
      const part = await run(cut(x, top, left, Math.min(tile, height), Math.min(tile, width)));
      channels = part.shape[1]!;
      sum ??= new Float32Array(sizeOf([count, channels, height * factor, width * factor]));
      lay(part, { sum, weight }, [top * factor, left * factor], width * factor, overlap * factor);
    }
  const out = sum!;
  for (let i = 0; i < out.length; i++) out[i]! /= weight[i % weight.length]!;
  return tensor([count, channels, height * factor, width * factor], out);
}

/** How many calls of its network `tiled` makes for `x` [n, c, h, w]. */
export function countTiles({ shape }: Tensor, { tile, overlap }: Tiling): number {
  const [, , height, width] = shape as [number, number, number, number];
  return startsOf(height, tile, overlap).length * startsOf(width, tile, overlap).length;
}

/** Where tiles begin: evenly spread, the last ending where the picture does. */
function startsOf(length: number, tile: number, overlap: number): number[] {
  if (length <= tile) return [0];
  const tiles = Math.ceil((length - overlap) / (tile - overlap));
  return Array.from({ length: tiles }, (_, i) => Math.round((i * (length - tile)) / (tiles - 1)));
}

function cut(x: Tensor, top: number, left: number, rows: number, columns: number): Tensor {
  const [count, channels, height, width] = x.shape as [number, number, number, number];
  const data = new Float32Array(count * channels * rows * columns);
  for (let plane = 0; plane < count * channels; plane++)
    for (let y = 0; y < rows; y++) {
      const from = (plane * height + top + y) * width + left;
      data.set(x.data.subarray(from, from + columns), (plane * rows + y) * columns);
    }
  return tensor([count, channels, rows, columns], data);
}

/** Parts of the overlap on either side that are left to the neighbour alone: there a tile saw its own edge. */
const MARGIN = 0.25;

/** Adds a tile and its weights: 1 inside, falling to nothing over the overlap wherever there is a neighbour. */
function lay(
  part: Tensor,
  { sum, weight }: { sum: Float32Array; weight: Float32Array },
  [top, left]: readonly [number, number],
  width: number,
  overlap: number,
): void {
  const [count, channels, rows, columns] = part.shape as [number, number, number, number];
  const height = weight.length / width;
  const rise = (distance: number) => (distance / overlap - MARGIN) / (1 - 2 * MARGIN);
  const ramp = (i: number, length: number, start: number, whole: number) => {
    const before = start > 0 ? rise(i + 0.5) : 1;
    const after = start + length < whole ? rise(length - i - 0.5) : 1;
    return Math.max(0, Math.min(1, before, after));
  };
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const share = ramp(y, rows, top, height) * ramp(x, columns, left, width);
      if (share === 0) continue;
      const at = (top + y) * width + left + x;
      weight[at]! += share;
      for (let plane = 0; plane < count * channels; plane++)
        sum[plane * height * width + at]! += share * part.data[(plane * rows + y) * columns + x]!;
    }
}
