import { EngineError } from "./engine-error";
import { type Tensor, tensor } from "./tensor";

/** A picture in memory: 8 bits a channel, RGB, rows from the top, 3 bytes a pixel. Treated as immutable once handed on. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** As many as width × height × 3. */
  readonly data: Uint8ClampedArray;
}

/** What 0…255 becomes in a tensor: `unit` [0, 1] for ControlNet hints and CLIP, `signed` [−1, 1] for the VAE. */
export type PictureRange = "unit" | "signed";

/**
 * @param data RGB bytes; zeros (black) where none are given.
 * @throws EngineError size_invalid where a side is no positive integer, shape_mismatch where the bytes do not fit.
 */
export function picture(
  width: number,
  height: number,
  data = new Uint8ClampedArray(Math.max(0, width * height * 3) || 0),
): Picture {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1)
    throw new EngineError("size_invalid", `a picture cannot be ${width}×${height}`, { width, height });
  if (data.length !== width * height * 3)
    throw new EngineError("shape_mismatch", `${data.length} bytes for a ${width}×${height} RGB picture`, {
      expected: width * height * 3,
      got: data.length,
    });
  return { width, height, data };
}

/** @returns float32 [1, 3, H, W] in the given range. */
export function pictureToTensor({ width, height, data }: Picture, range: PictureRange): Tensor {
  const [scale, shift] = range === "unit" ? [1 / 255, 0] : [2 / 255, -1];
  const pixels = width * height;
  const planes = new Float32Array(3 * pixels);
  for (let i = 0; i < pixels; i++)
    for (let c = 0; c < 3; c++) planes[c * pixels + i] = data[i * 3 + c]! * scale + shift;
  return tensor([1, 3, height, width], planes);
}

/**
 * One picture of a batch. Values outside of the range are clamped; halves round to even, as numpy's `round` does.
 * @param batch float32 [B, 3, H, W].
 * @param index which of the B.
 * @throws EngineError shape_mismatch where `batch` holds no such RGB picture.
 */
export function tensorToPicture(batch: Tensor, range: PictureRange, index = 0): Picture {
  const [count = 0, channels, height = 0, width = 0] = batch.shape;
  if (batch.shape.length !== 4 || channels !== 3 || !(index >= 0 && index < count))
    throw new EngineError("shape_mismatch", `no RGB picture ${index} in a tensor [${batch.shape}]`, {
      expected: "[B, 3, H, W]",
      got: `[${batch.shape}]`,
    });
  const [scale, shift] = range === "unit" ? [255, 0] : [127.5, 127.5];
  const pixels = width * height;
  const base = index * 3 * pixels;
  const data = new Uint8ClampedArray(3 * pixels);
  for (let i = 0; i < pixels; i++)
    for (let c = 0; c < 3; c++) data[i * 3 + c] = batch.data[base + c * pixels + i]! * scale + shift;
  return picture(width, height, data);
}
