import type { Gray } from "../raster";
import { jpeg } from "./jpeg";
import { blur, shrink } from "./scale";
import { dotGain, noise, shadow, tone } from "./tone";
import { type Point, rotate, rotatedPlace, tilt, tiltedPlace } from "./warp";

/** A condition under which a code is read. `apply` never writes to its argument, and always gives the same. */
export interface Scene {
  readonly name: string;
  apply(image: Gray): Gray;
  /** Where a place of an image of this size is seen in the scene. */
  place(size: Pick<Gray, "width" | "height">): (x: number, y: number) => Point;
  /** Pixels of the image that one pixel of the scene mixes along each axis, sharpness of the lens included. */
  readonly spreadPx: number;
  /** Grey levels in the scene for one in the image. */
  readonly gain: number;
}

const scene = (
  name: string,
  apply: Scene["apply"],
  { place = () => (x, y) => [x, y], spreadPx = 1, gain = 1 }: Partial<Scene> = {},
): Scene => ({ name, apply, place, spreadPx, gain });

const shrunk = (factor: number): Partial<Scene> => ({
  place: () => (x, y) => [x / factor, y / factor],
  spreadPx: factor,
});

/**
 * The jury's scenes; the first is the picture itself. Their sizes in pixels (blur, dot gain) are meant for a
 * picture of 1024 px a side: scale larger ones down before they are judged.
 */
export const SCENES: readonly Scene[] = [
  scene("original", (image) => image),
  scene("scale-50", (image) => shrink(image, 2), shrunk(2)),
  scene("scale-25", (image) => shrink(image, 4), shrunk(4)),
  // σ is the root of the number of passes.
  scene("blur-1", (image) => blur(image, 1), { spreadPx: 3 }),
  scene("blur-2", (image) => blur(image, 4), { spreadPx: 5 }),
  scene("jpeg-70", (image) => jpeg(image, 70)),
  scene("brighter", (image) => tone(image, (grey) => grey + 51)),
  scene("darker", (image) => tone(image, (grey) => grey - 51)),
  scene("contrast-60", (image) => tone(image, (grey) => 128 + (grey - 128) * 0.6), { gain: 0.6 }),
  ...[3, 15].map((angle) =>
    scene(`rotate-${angle}`, (image) => rotate(image, angle), {
      place: (size) => rotatedPlace(size, angle),
      spreadPx: 2,
    }),
  ),
  ...[15, 30, 45].map((angle) =>
    scene(`tilt-${angle}`, (image) => tilt(image, angle), {
      place: (size) => tiltedPlace(size, angle),
      spreadPx: 2,
    }),
  ),
  scene("shadow", (image) => shadow(image, 0.4), { gain: 0.7 }),
  scene("dot-gain", dotGain),
  // The sensor's noise after the camera has smoothed it, which every camera does.
  scene("noise", (image) => blur(noise(image, 15, 0x5eed), 1), { spreadPx: 3 }),
];

/** @throws Error for a name that no scene has. */
export function sceneOf(name: string): Scene {
  const found = SCENES.find((entry) => entry.name === name);
  if (!found) throw new Error(`no scene "${name}"`);
  return found;
}
