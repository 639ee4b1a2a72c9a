import { createRequire } from "node:module";
import type * as OpenCv from "@techstark/opencv-js";
import type { Picture } from "../engine/picture";
import type { Matte } from "./matte";
import { mendMatte } from "./mend-matte";
import type { Box } from "./photo-crop";

export interface CutOutRequest {
  /** Within 256 pixels: the time grows with the square, the matte is enlarged well. */
  readonly picture: Picture;
  /** A person, whose face is there; null: a thing, which does not touch the picture's edge. */
  readonly face: Box | null;
}

type Cv = typeof OpenCv;

/** Rounds of colour models and cut; it hardly changes after these. */
const ROUNDS = 3;
/** Part of the sides that is background for sure. */
const MARGIN = 0.03;

/**
 * Tells a person or a thing from the background by GrabCut: the colours of both are learnt from the picture itself. Runs on
 * a thread; no network, no weights.
 * @source https://docs.opencv.org/4.x/d8/d83/tutorial_py_grabcut.html · doi:10.1145/1015706.1015720
 */
export async function cutOut({ picture: { width, height, data }, face }: CutOutRequest): Promise<Matte> {
  const { cv } = await openCv();
  const mats = [
    cv.matFromArray(height, width, cv.CV_8UC3, data as never),
    face
      ? cv.matFromArray(height, width, cv.CV_8UC1, personHint(width, height, face) as never)
      : new cv.Mat(),
    new cv.Mat(),
    new cv.Mat(),
  ] as const;
  const [image, mask, background, foreground] = mats;
  try {
    const [left, top] = [Math.ceil(width * MARGIN), Math.ceil(height * MARGIN)];
    const frame = new cv.Rect(left, top, width - 2 * left, height - 2 * top);
    const mode = face ? cv.GC_INIT_WITH_MASK : cv.GC_INIT_WITH_RECT;
    // What it guesses first is random: the same photo shall come out the same.
    cv.setRNGSeed(1);
    cv.grabCut(image, mask, frame, background, foreground, ROUNDS, mode as never);
    const sides = Uint8ClampedArray.from(mask.data as Uint8Array, (side) => (side & 1 ? 255 : 0));
    return mendMatte({ width, height, data: sides });
  } finally {
    for (const mat of mats) mat.delete();
  }
}

/** GrabCut's own words. */
const [SURELY_NOT, SURELY, PROBABLY_NOT, PROBABLY] = [0, 1, 2, 3];

/** The face is the person for sure, hair and shoulders probably; the upper corners are not. */
function personHint(width: number, height: number, face: Box): Uint8Array {
  const hint = new Uint8Array(width * height).fill(PROBABLY_NOT);
  const [x, y] = [face.x + face.width / 2, face.y + face.height / 2];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const across = (column / width - x) / face.width;
      const down = (row / height - y) / face.height;
      const isHead = (across / 0.85) ** 2 + ((down + 0.1) / 1) ** 2 < 1;
      const isBody = down > 0.6 && Math.abs(across) < 0.6 + (down - 0.6) * 0.9;
      const isFace = (across / 0.38) ** 2 + (down / 0.42) ** 2 < 1;
      const isChest = down > 0.95 && Math.abs(across) < 0.3;
      const isCorner = down < 0.3 && Math.abs(across) > 1.05;
      const at = row * width + column;
      if (isHead || isBody) hint[at] = PROBABLY;
      if (isFace || isChest) hint[at] = SURELY;
      if (isCorner) hint[at] = SURELY_NOT;
    }
  return hint;
}

let opening: Promise<{ cv: Cv }> | undefined;

/**
 * Takes a second and 140 MB of a thread that needs it, so it is loaded late. In an object: the module itself has a `then`
 * that never ends.
 */
function openCv(): Promise<{ cv: Cv }> {
  opening ??= load();
  return opening;
}

async function load(): Promise<{ cv: Cv }> {
  const cv = createRequire(import.meta.url)("@techstark/opencv-js");
  if (!cv.Mat)
    await new Promise<void>((resolve) => {
      cv.onRuntimeInitialized = () => resolve();
    });
  return { cv };
}
