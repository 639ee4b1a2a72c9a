import { type Picture, picture } from "../engine/picture";
import type { Matte } from "./matte";

/** Of what a channel may be changed: a red thing stays red in blue light. */
const MOST_TINT = 0.16;
const MOST_EXPOSURE = 0.14;
/** A ground as light as this leaves a thing as light as it is, 0 … 255. */
const MIDDLE = 150;

/** What each channel is multiplied with. */
export type Gains = readonly [number, number, number];

/**
 * The light that a ground throws on what stands on it: its colour temperature, and a little of its brightness.
 * @param amount 0 … 1.
 */
export function lightOf(ground: Picture, amount: number): Gains {
  const mean = [0, 0, 0];
  for (let i = 0; i < ground.data.length; i++)
    mean[i % 3]! += ground.data[i]! / (ground.width * ground.height);
  const [red, green, blue] = mean as [number, number, number];
  const grey = Math.max(1, (red + green + blue) / 3);
  const exposure = clamp((grey / MIDDLE - 1) * 0.3, MOST_EXPOSURE);
  return [red, green, blue].map(
    (value) => 1 + amount * (clamp((value / grey - 1) * 0.3, MOST_TINT) + exposure),
  ) as unknown as Gains;
}

const clamp = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

export function inLight({ width, height, data }: Picture, gains: Gains): Picture {
  return picture(
    width,
    height,
    Uint8ClampedArray.from(data, (value, i) => value * gains[i % 3]!),
  );
}

/** Darkens where the shadow lies. @param amount 0 … 1, what the darkest of it takes. */
export function inShadow({ width, height, data }: Picture, shadow: Matte, amount: number): Picture {
  return picture(
    width,
    height,
    Uint8ClampedArray.from(data, (value, i) => value * (1 - (amount * shadow.data[(i / 3) | 0]!) / 255)),
  );
}
