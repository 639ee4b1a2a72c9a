import { type Picture, picture } from "@/lib/engine/picture";
import { before, type Matte } from "@/lib/photos/matte";

/** A part of a picture, in pixels, wholly inside of it. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What is drawn anew of a picture, with as much around it as the model has to see. */
export interface PaintedPart {
  readonly region: Region;
  /** Of the region's size: 255 what is painted, less and less around it, 0 what stays as it is. */
  readonly matte: Matte;
}

type Size = Pick<Region, "width" | "height">;

/** Around what is painted, of its longer side; what A1111 pads with, in pixels, at least. */
const PADDING = 0.25;
const LEAST_PADDING_PX = 32;
/** Models draw best what is nearly square. */
const MOST_RATIO = 1.5;
/** A tenth of what a model draws is drawn with no idea of what is around it: at least so much of each of its sides. */
const LEAST_OF_SIDE = 0.5;
/** What a latent stands for is drawn anew or not as a whole: over so many pixels of the picture it is faded. */
const LATENT_PX = 8;
const [LEAST_FEATHER_PX, MOST_FEATHER_PX] = [4, 48];
/** A pixel of a mask that is brighter is painted. */
const PAINTED = 128;

/**
 * @param mask white is drawn anew; the red channel counts. @param side pixels that the model draws best.
 * @param size that the part is drawn at, whose shape it then has, as far as the picture reaches; null: nearly square.
 * @returns null where nothing is painted.
 * @source https://github.com/AUTOMATIC1111/stable-diffusion-webui ("inpaint at full resolution", "only masked padding")
 */
export function paintedPart(mask: Picture, side: number, size: Size | null = null): PaintedPart | null {
  const box = boundsOf(mask);
  if (!box) return null;
  const padding = Math.max(LEAST_PADDING_PX, Math.round(PADDING * Math.max(box.width, box.height)));
  const drawn = size ?? { width: side, height: side };
  const region = around(box, mask, padding, {
    width: LEAST_OF_SIDE * drawn.width,
    height: LEAST_OF_SIDE * drawn.height,
    ratios: size ? [size.width / size.height, size.width / size.height] : [1 / MOST_RATIO, MOST_RATIO],
  });
  const wide = LATENT_PX * Math.sqrt((region.width * region.height) / (drawn.width * drawn.height));
  const featherPx = Math.min(padding, Math.max(LEAST_FEATHER_PX, Math.min(MOST_FEATHER_PX, wide)));
  return { region, matte: feathered(cutRegion(mask, region), featherPx) };
}

function boundsOf({ width, height, data }: Picture): Region | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i += 3) {
      if (data[i]! < PAINTED) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Of a region: its least size, and its width by height from the one to the other. */
interface Shape extends Size {
  readonly ratios: readonly [least: number, most: number];
}

/** A box with its padding in a shape, moved inside of the picture and cut where that is smaller. */
function around(box: Region, whole: Size, padding: number, least: Shape): Region {
  const [wide, high] = [box.width + 2 * padding, box.height + 2 * padding];
  const [narrowest, widest] = least.ratios;
  const width = Math.round(Math.min(whole.width, Math.max(wide, high * narrowest, least.width)));
  const height = Math.round(Math.min(whole.height, Math.max(high, wide / widest, least.height)));
  const inside = (middle: number, size: number, most: number): number =>
    Math.min(most - size, Math.max(0, Math.round(middle - size / 2)));
  return {
    left: inside(box.left + box.width / 2, width, whole.width),
    top: inside(box.top + box.height / 2, height, whole.height),
    ...{ width, height },
  };
}

/** The way from a pixel to its neighbours, straight and across. */
const [STRAIGHT, ACROSS] = [1, Math.SQRT2];

/** Full where the mask is painted, falling smoothly to nothing at that distance from it. */
function feathered(mask: Picture, featherPx: number): Matte {
  const { width, height } = mask;
  const away = distances(mask);
  const data = Uint8ClampedArray.from(away, (distance) => {
    const left = Math.max(0, 1 - distance / featherPx);
    return 255 * left * left * (3 - 2 * left);
  });
  return { width, height, data };
}

/** How far each pixel is from the painted ones: from the upper left to the lower right, and back. */
function distances({ width, height, data }: Picture): Float32Array {
  const away = Float32Array.from({ length: width * height }, (_, i) =>
    data[3 * i]! < PAINTED ? Number.POSITIVE_INFINITY : 0,
  );
  const near = (x: number, y: number, way: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? Number.POSITIVE_INFINITY : away[y * width + x]! + way;
  const visit = (x: number, y: number, back: 1 | -1): void => {
    const i = y * width + x;
    const beside = Math.min(near(x - back, y, STRAIGHT), near(x, y - back, STRAIGHT));
    const corners = Math.min(near(x - back, y - back, ACROSS), near(x + back, y - back, ACROSS));
    away[i] = Math.min(away[i]!, beside, corners);
  };
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) visit(x, y, 1);
  for (let y = height - 1; y >= 0; y--) for (let x = width - 1; x >= 0; x--) visit(x, y, -1);
  return away;
}

/** A region of a picture, as large as it is there. */
export function cutRegion(source: Picture, { left, top, width, height }: Region): Picture {
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * source.width + left) * 3;
    data.set(source.data.subarray(from, from + width * 3), y * width * 3);
  }
  return picture(width, height, data);
}

/** Where a region of a picture lies on another one that is laid over it, filling it, as controls are. */
export function regionOn(other: Size, whole: Size, { left, top, width, height }: Region): Region {
  const scale = Math.max(whole.width / other.width, whole.height / other.height);
  const along = (at: number, size: number, most: number, own: number): [number, number] => {
    const start = (at + (own * scale - most) / 2) / scale;
    const length = Math.max(1, Math.min(own, Math.round(size / scale)));
    return [Math.min(own - length, Math.max(0, Math.round(start))), length];
  };
  const [x, wide] = along(left, width, whole.width, other.width);
  const [y, high] = along(top, height, whole.height, other.height);
  return { left: x, top: y, width: wide, height: high };
}

/**
 * Puts what was drawn back in its place. Every pixel beyond the feather is the source's own.
 * @param drawn of the region's size.
 */
export function pasteBack(source: Picture, { region, matte }: PaintedPart, drawn: Picture): Picture {
  const blended = before(drawn, matte, cutRegion(source, region));
  const data = new Uint8ClampedArray(source.data);
  const bytes = region.width * 3;
  for (let y = 0; y < region.height; y++)
    data.set(
      blended.data.subarray(y * bytes, (y + 1) * bytes),
      ((region.top + y) * source.width + region.left) * 3,
    );
  return picture(source.width, source.height, data);
}
