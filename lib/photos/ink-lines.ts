import { annotate } from "../engine/annotators/annotate";
import type { Picture } from "../engine/picture";
import type { Matte } from "./matte";

/** The lines with which a hand would draw a photo: 255 where there is ink. Runs on a thread. */
export function inkLines(photo: Picture): Matte {
  const { width, height, data } = annotate("line-art", photo);
  return { width, height, data: Uint8ClampedArray.from({ length: width * height }, (_, i) => data[i * 3]!) };
}
