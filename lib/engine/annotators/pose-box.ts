import { type Picture, picture } from "../picture";

/** Where a person is, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Of a box, so that nobody's hands are cut off. */
const MARGIN = 1.25;

/**
 * The box widened by its margin and to the proportions of what a network looks at.
 * @source transformers models/vitpose/image_processing_vitpose.py box_to_center_and_scale
 */
export function widenBox({ left, top, width, height }: Box, aspectRatio: number): Box {
  const wide = Math.max(width, height * aspectRatio) * MARGIN;
  const high = Math.max(height, width / aspectRatio) * MARGIN;
  return {
    ...{ left: left + (width - wide) / 2, top: top + (height - high) / 2 },
    ...{ width: wide, height: high },
  };
}

/**
 * What is in a box, in another size, corner pixels on the box's corners; black where the box leaves the picture.
 * @source transformers models/vitpose/image_processing_vitpose.py scipy_warp_affine · arXiv:1911.07524
 */
export function cutBox(source: Picture, box: Box, width: number, height: number): Picture {
  const cut = picture(width, height);
  const [stepX, stepY] = [box.width / (width - 1), box.height / (height - 1)];
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++, i++)
        cut.data[i] = Math.floor(between(source, box.left + x * stepX, box.top + y * stepY, c) + 0.5);
  return cut;
}

/** Linear between the centres of pixels; 0 beyond the outermost. */
function between({ width, height, data }: Picture, x: number, y: number, channel: number): number {
  if (x < 0 || y < 0 || x > width - 1 || y > height - 1) return 0;
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, below] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
  const at = (column: number, row: number) => data[(row * width + column) * 3 + channel]!;
  const upper = at(left, top) + (x - left) * (at(right, top) - at(left, top));
  const lower = at(left, below) + (x - left) * (at(right, below) - at(left, below));
  return upper + (y - top) * (lower - upper);
}
