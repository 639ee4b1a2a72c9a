import type { Gray } from "../raster";
import { jpeg } from "./jpeg";
import { blur, shrink } from "./scale";
import { dotGain, noise, shadow, tone } from "./tone";
import { rotate, tilt } from "./warp";

/** A condition under which a code is read. `apply` never writes to its argument, and always gives the same. */
export interface Scene {
  readonly name: string;
  apply(image: Gray): Gray;
}

const scene = (name: string, apply: (image: Gray) => Gray): Scene => ({ name, apply });

/**
 * The jury's scenes; the first is the picture itself. Their sizes in pixels (blur, dot gain) are meant for a
 * picture of 1024 px a side: scale larger ones down before they are judged.
 */
export const SCENES: readonly Scene[] = [
  scene("original", (image) => image),
  scene("scale-50", (image) => shrink(image, 2)),
  scene("scale-25", (image) => shrink(image, 4)),
  // σ is the root of the number of passes.
  scene("blur-1", (image) => blur(image, 1)),
  scene("blur-2", (image) => blur(image, 4)),
  scene("jpeg-70", (image) => jpeg(image, 70)),
  scene("brighter", (image) => tone(image, (grey) => grey + 51)),
  scene("darker", (image) => tone(image, (grey) => grey - 51)),
  scene("contrast-60", (image) => tone(image, (grey) => 128 + (grey - 128) * 0.6)),
  scene("rotate-3", (image) => rotate(image, 3)),
  scene("rotate-15", (image) => rotate(image, 15)),
  scene("tilt-15", (image) => tilt(image, 15)),
  scene("tilt-30", (image) => tilt(image, 30)),
  scene("tilt-45", (image) => tilt(image, 45)),
  scene("shadow", (image) => shadow(image, 0.4)),
  scene("dot-gain", dotGain),
  // The sensor's noise after the camera has smoothed it, which every camera does.
  scene("noise", (image) => blur(noise(image, 15, 0x5eed), 1)),
];
