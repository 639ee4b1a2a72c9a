import { type Picture, picture } from "@/lib/engine/picture";
import { castShadow, type Place } from "@/lib/photos/cast-shadow";
import { inLight, inShadow, lightOf } from "@/lib/photos/match-light";
import { type Matte, resizeMatte } from "@/lib/photos/matte";
import { resizePicture } from "@/lib/photos/resize-picture";
import type { CutThing } from "./thing-of";

/** The line on which things stand, in parts of the height. */
export const GROUND = 0.86;

export type Size = { readonly width: number; readonly height: number };

/** In the middle, on the ground. @param scale in parts of the side that it fills first. */
export function placeOf(thing: Size, { width, height }: Size, scale: number): Place {
  const factor = scale * Math.min(width / thing.width, height / thing.height);
  const [wide, high] = [thing.width, thing.height].map((side) => Math.max(1, Math.round(side * factor)));
  const top = Math.max(0, Math.round(height * GROUND - high!));
  return { left: Math.round((width - wide!) / 2), top, width: wide!, height: high! };
}

export interface PlaceRequest {
  readonly thing: CutThing;
  readonly ground: Picture;
  readonly wish: { readonly scale: number; readonly light: number; readonly shadow: number };
}

/** A thing before a ground, and where it is. */
export interface Placed {
  readonly picture: Picture;
  readonly matte: Matte;
}

/** Sets a thing before a ground, in its light and on its shadow. Heavy: for a thread. */
export async function placeThing({
  thing,
  ground,
  wish: { scale, light, shadow },
}: PlaceRequest): Promise<Placed> {
  const place = placeOf(thing.picture, ground, scale);
  const matte = resizeMatte(thing.matte, place.width, place.height);
  const fitted = await resizePicture(thing.picture, place.width, place.height);
  const lit = inLight(fitted, lightOf(ground, light));
  const dark = inShadow(ground, await castShadow(ground, matte, place), shadow);
  return { picture: lay(lit, matte, dark, place), matte: layMatte(matte, ground, place) };
}

function lay(front: Picture, matte: Matte, back: Picture, { left, top }: Place): Picture {
  const data = new Uint8ClampedArray(back.data);
  for (let y = 0; y < front.height; y++)
    for (let x = 0; x < front.width; x++) {
      const part = matte.data[y * front.width + x]! / 255;
      const at = (y * front.width + x) * 3;
      const to = ((top + y) * back.width + left + x) * 3;
      for (let c = 0; c < 3; c++) data[to + c] = front.data[at + c]! * part + data[to + c]! * (1 - part);
    }
  return picture(back.width, back.height, data);
}

function layMatte(matte: Matte, { width, height }: Size, { left, top }: Place): Matte {
  const data = new Uint8ClampedArray(width * height);
  for (let y = 0; y < matte.height; y++)
    data.set(matte.data.subarray(y * matte.width, (y + 1) * matte.width), (top + y) * width + left);
  return { width, height, data };
}
