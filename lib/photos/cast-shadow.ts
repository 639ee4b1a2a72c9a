import sharp from "sharp";
import type { Matte } from "./matte";

/** Where a thing stands in a picture, in pixels. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A shadow lies flat: so much of the thing's height. */
const FLAT = 0.16;
/** Of the thing's width: the soft one, and the one right under it. */
const SOFT = 0.06;
const CONTACT = 0.012;
const CONTACT_HEIGHT = 0.035;

/**
 * A soft shadow on the ground behind a thing, and a dark one where it touches it.
 * @param matte the thing's, of its place's size. @returns of the picture's size.
 */
export async function castShadow(
  size: { width: number; height: number },
  matte: Matte,
  place: Place,
): Promise<Matte> {
  const flat = (height: number, sigma: number, opacity: number) =>
    lying(size, matte, { place, height: Math.max(2, Math.round(place.height * height)), sigma, opacity });
  const [soft, contact] = await Promise.all([
    flat(FLAT, Math.max(1, place.width * SOFT), 0.55),
    flat(CONTACT_HEIGHT, Math.max(0.6, place.width * CONTACT), 0.8),
  ]);
  return { ...size, data: soft.map((value, i) => 255 - ((255 - value) * (255 - contact[i]!)) / 255) };
}

interface Lying {
  readonly place: Place;
  readonly height: number;
  readonly sigma: number;
  readonly opacity: number;
}

/** The thing's outline, laid down around the line on which it stands. */
async function lying(
  { width, height: rows }: { width: number; height: number },
  matte: Matte,
  { place, height, sigma, opacity }: Lying,
): Promise<Uint8ClampedArray> {
  const raw = { width: matte.width, height: matte.height, channels: 1 as const };
  const outline = await sharp(matte.data, { raw })
    .resize(place.width, height, { fit: "fill" })
    .extractChannel(0)
    .raw()
    .toBuffer();
  const whole = new Uint8ClampedArray(width * rows);
  const base = place.top + place.height - Math.round(height * 0.62);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < place.width; x++) {
      const [column, row] = [place.left + x, base + y];
      if (column >= 0 && column < width && row >= 0 && row < rows)
        whole[row * width + column] = outline[y * place.width + x]! * opacity;
    }
  const blurred = await sharp(whole, { raw: { width, height: rows, channels: 1 } })
    .blur({ sigma })
    .extractChannel(0)
    .raw()
    .toBuffer();
  return new Uint8ClampedArray(blurred);
}
