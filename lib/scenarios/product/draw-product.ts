import type { Enlarged } from "@/lib/drawing/enlarge";
import { findLineControl } from "@/lib/drawing/line-control";
import { watched } from "@/lib/drawing/live-preview";
import type { Drawn, Easel } from "@/lib/drawing/open-easel";
import { type Picture, picture } from "@/lib/engine/picture";
import { runOnCpu } from "@/lib/jobs/cpu-pool";
import type { Matte } from "@/lib/photos/matte";
import { cutPart, resizePicture } from "@/lib/photos/resize-picture";
import type { ProductTools } from "./draw-ground";
import { enlargeGround } from "./enlarge-ground";
import { type FinishRequest, nearOf } from "./finish-product";
import { drawnSize, partOf } from "./ground-shape";
import type { Placed, PlaceRequest } from "./place-thing";
import type { ProductInput } from "./product.job";
import { PRODUCT_SIZES, type ProductSize } from "./product-sizes.input";
import type { CutThing } from "./thing-of";

export interface ProductWish extends Pick<ProductInput, "prompt" | "scale" | "light" | "shadow"> {
  readonly size: ProductSize;
  readonly seed: number;
}

export interface ProductParts {
  readonly thing: CutThing;
  /** Of `drawGround`. */
  readonly ground: Picture;
}

/** Of the second pass: the ground closes around the thing, and goes over into what is farther away. */
const AROUND = 0.35;
/** Its lines and the thing's are followed while it does. */
const LINES = 0.8;

/**
 * Sets a thing on its part of a set's ground, draws the ground around it anew so that both belong together, and sets the
 * thing's own pixels on it in the size that shops ask for.
 */
export async function drawProduct(
  easel: Easel,
  { thing, ground }: ProductParts,
  wish: ProductWish,
  { signal, onProgress, preview }: ProductTools,
): Promise<{ drawn: Drawn; enlarged: Enlarged }> {
  const final = PRODUCT_SIZES[wish.size];
  const { prompt, seed } = wish;
  const size = drawnSize(easel.side, final.width / final.height);
  const empty = await cutPart(ground, partOf(ground, final));
  const placing: PlaceRequest = { thing, ground: await resizePicture(empty, size.width, size.height), wish };
  const scene = await runOnCpu<Placed>("place-thing", placing, { signal });
  const lines = await findLineControl(easel, scene.picture, LINES);
  const drawn = await easel.draw(
    {
      ...{ prompt, seed, ...size },
      init: { picture: scene.picture, strength: AROUND },
      mask: await aroundOf(scene.matte),
      ...(lines && { controls: [lines] }),
    },
    { signal, ...watched(preview, ({ step, of }) => onProgress((0.7 * step) / of)) },
  );
  const large = await enlargeGround(easel, drawn.picture, final.width, signal);
  onProgress(0.9);
  const finishing: FinishRequest = {
    ...{ thing, wish, matte: scene.matte, around: large.picture, empty },
    ...{ width: final.width, height: final.height },
  };
  const finished = await runOnCpu<Picture>("finish-product", finishing, { signal });
  return { drawn, enlarged: { ...large, picture: finished } };
}

/** White where the ground is drawn anew: around the thing. What is farther away is the same in all of a set. */
async function aroundOf(matte: Matte): Promise<Picture> {
  const near = await nearOf(matte);
  const { width, height, data } = matte;
  return picture(
    width,
    height,
    Uint8ClampedArray.from({ length: width * height * 3 }, (_, i) => {
      const at = (i / 3) | 0;
      return (near.data[at]! * (255 - data[at]!)) / 255;
    }),
  );
}
