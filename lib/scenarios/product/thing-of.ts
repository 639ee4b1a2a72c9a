import { type Picture, picture } from "@/lib/engine/picture";
import { cutOut } from "@/lib/photos/cut-out";
import { type Matte, matteBounds, resizeMatte } from "@/lib/photos/matte";
import { resizePicture } from "@/lib/photos/resize-picture";

/** A thing without what was around it. */
export interface CutThing {
  readonly picture: Picture;
  /** Of the picture's size. */
  readonly matte: Matte;
}

const CUT_PX = 224;
/** A thing of less is a speck; one of more is the whole photo. */
const LEAST_SHARE = 0.01;
const MOST_SHARE = 0.94;

/** @returns null where nothing stands out from the photo's background. Heavy: for a thread. */
export async function thingOf(photo: Picture): Promise<CutThing | null> {
  const { width, height } = photo;
  const scale = Math.min(1, CUT_PX / Math.max(width, height));
  const side = (pixels: number) => Math.max(8, Math.round(pixels * scale));
  const cut = await cutOut({ picture: await resizePicture(photo, side(width), side(height)), face: null });
  const share = cut.data.reduce((sum, value) => sum + value, 0) / cut.data.length / 255;
  if (share < LEAST_SHARE || share > MOST_SHARE) return null;
  return trim(photo, resizeMatte(cut, width, height));
}

function trim(photo: Picture, matte: Matte): CutThing | null {
  const bounds = matteBounds(matte);
  if (!bounds) return null;
  const { left, top, width, height } = bounds;
  const made = picture(width, height);
  const data = new Uint8ClampedArray(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * photo.width + left;
    made.data.set(photo.data.subarray(from * 3, (from + width) * 3), y * width * 3);
    data.set(matte.data.subarray(from, from + width), y * width);
  }
  return { picture: made, matte: { width, height, data } };
}
