import type { Picture } from "../picture";
import { blur } from "./gaussian";

/** At each pixel Σ ∇c ∇cᵀ over the channels, a symmetric 2×2 matrix: how strongly and which way colour changes. */
export interface StructureTensor {
  readonly width: number;
  readonly height: number;
  readonly xx: Float32Array;
  readonly xy: Float32Array;
  readonly yy: Float32Array;
}

/** Where colour changes most: a unit normal across the edge (its sign is arbitrary) and the change along it. */
export interface EdgeField {
  readonly width: number;
  readonly height: number;
  readonly normalX: Float32Array;
  readonly normalY: Float32Array;
  /** Levels per pixel, root mean square over the channels. */
  readonly gradient: Float32Array;
}

/**
 * Central differences of the blurred channels, borders replicated.
 * @param sigmaPx blur of the channels before.
 * @source Di Zenzo 1986, "A note on the gradient of a multi-image"
 */
export function structureTensor(source: Picture, sigmaPx: number): StructureTensor {
  const { width, height, data } = source;
  const pixels = width * height;
  const sum = {
    width,
    height,
    xx: new Float32Array(pixels),
    xy: new Float32Array(pixels),
    yy: new Float32Array(pixels),
  };
  const channel = new Float32Array(pixels);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < pixels; i++) channel[i] = data[i * 3 + c]!;
    addProducts(sum, blur(channel, width, height, sigmaPx));
  }
  return sum;
}

function addProducts({ width, height, xx, xy, yy }: StructureTensor, channel: Float32Array): void {
  // A third of the product of two central differences, which are halves.
  const part = 1 / 12;
  for (let y = 0, at = 0; y < height; y++) {
    const above = Math.max(0, y - 1) * width;
    const below = Math.min(height - 1, y + 1) * width;
    for (let x = 0; x < width; x++, at++) {
      const dx = channel[x < width - 1 ? at + 1 : at]! - channel[x > 0 ? at - 1 : at]!;
      const dy = channel[below + x]! - channel[above + x]!;
      xx[at]! += dx * dx * part;
      xy[at]! += dx * dy * part;
      yy[at]! += dy * dy * part;
    }
  }
}

/** Averages orientations over a neighbourhood; opposite normals agree, since a tensor has no sign. */
export const smoothTensor = (field: StructureTensor, sigmaPx: number): StructureTensor => ({
  ...field,
  xx: blur(field.xx, field.width, field.height, sigmaPx),
  xy: blur(field.xy, field.width, field.height, sigmaPx),
  yy: blur(field.yy, field.width, field.height, sigmaPx),
});

/** The greater eigenvalue of each tensor, as a gradient, and its eigenvector. Where nothing changes the normal is (1, 0). */
export function edgeField({ width, height, xx, xy, yy }: StructureTensor): EdgeField {
  const normalX = new Float32Array(xx.length).fill(1);
  const normalY = new Float32Array(xx.length);
  const gradient = new Float32Array(xx.length);
  for (let i = 0; i < xx.length; i++) {
    const difference = xx[i]! - yy[i]!;
    const spread = Math.sqrt(difference * difference + 4 * xy[i]! * xy[i]!);
    gradient[i] = Math.sqrt(Math.max(0, (xx[i]! + yy[i]! + spread) / 2));
    // Of the eigenvector's two forms the one without cancellation.
    const x = difference >= 0 ? spread + difference : 2 * xy[i]!;
    const y = difference >= 0 ? 2 * xy[i]! : spread - difference;
    const length = Math.sqrt(x * x + y * y);
    if (!(length > 1e-9)) continue;
    normalX[i] = x / length;
    normalY[i] = y / length;
  }
  return { width, height, normalX, normalY, gradient };
}
