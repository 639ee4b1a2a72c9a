import { type Picture, picture } from "../picture";

/**
 * Luma of each pixel, 0…255.
 * @source ITU-R BT.601 weights in OpenCV's 15-bit fixed point (`COLOR_RGB2GRAY`): the same bytes.
 */
export function greyOf({ width, height, data }: Picture): Uint8ClampedArray {
  const grey = new Uint8ClampedArray(width * height);
  for (let i = 0, p = 0; i < grey.length; i++, p += 3)
    grey[i] = (data[p]! * 9798 + data[p + 1]! * 19235 + data[p + 2]! * 3735 + 16384) >> 15;
  return grey;
}

/** A picture whose three channels are all `grey` [height · width]. */
export function greyPicture(width: number, height: number, grey: ArrayLike<number>): Picture {
  const data = new Uint8ClampedArray(width * height * 3);
  for (let i = 0, p = 0; i < grey.length; i++, p += 3) {
    const value = grey[i]!;
    data[p] = value;
    data[p + 1] = value;
    data[p + 2] = value;
  }
  return picture(width, height, data);
}

/** The hint of brightness ControlNets: the picture without its colours. */
export const luminance = (source: Picture): Picture =>
  greyPicture(source.width, source.height, greyOf(source));
