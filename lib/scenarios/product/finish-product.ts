import type { Picture } from "@/lib/engine/picture";
import { before, type Matte, resizeMatte } from "@/lib/photos/matte";
import { blurPicture, resizePicture, spreadMatte, stretchMatte } from "@/lib/photos/resize-picture";
import { type PlaceRequest, placeThing } from "./place-thing";

/** What was drawn, and what it becomes. */
export interface FinishRequest extends Omit<PlaceRequest, "ground"> {
  /** With the thing's coarse likeness in it. */
  readonly around: Picture;
  /** Without. */
  readonly empty: Picture;
  /** Where the likeness is. */
  readonly matte: Matte;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Sets the thing's own pixels on the ground, in the final size. Heavy: for a thread. */
export async function finishProduct({ thing, wish, ...drawn }: FinishRequest): Promise<Picture> {
  return (await placeThing({ thing, wish, ground: await groundOf(drawn) })).picture;
}

/** What is enlarged by more is softened: a ground out of focus, rather than one of steps. */
export const CRISP = 1.5;
/** Of the longer side: how far the thing's coarse likeness reaches beyond the thing. */
const HALO = 0.045;
const SOFT = 0.0025;
/** How far around the thing the ground is drawn anew. */
const NEAR = 0.1;

/** What is near a thing, softly: there the ground is drawn anew. @param matte the thing's, of the ground's size. */
export const nearOf = (matte: Matte): Promise<Matte> =>
  spreadMatte(matte, Math.max(matte.width, matte.height) * NEAR);

/** The ground as it was, what was drawn anew near the thing, and none of the thing's coarse likeness in that. */
async function groundOf({
  around,
  empty,
  matte,
  width,
  height,
}: Omit<FinishRequest, "thing" | "wish">): Promise<Picture> {
  const longer = Math.max(width, height);
  const likeness = await spreadMatte(resizeMatte(matte, width, height), longer * HALO);
  const [near, full, bare] = await Promise.all([
    stretchMatte(await nearOf(matte), width, height),
    resizePicture(around, width, height),
    resizePicture(empty, width, height),
  ]);
  const ground = before(bare, likeness, before(full, near, bare));
  const isStretched = width > Math.min(around.width, empty.width) * CRISP;
  return isStretched ? blurPicture(ground, longer * SOFT) : ground;
}
