import { nearestSide } from "@/lib/drawing/drawing-settings";
import { type Enlarged, enlarge } from "@/lib/drawing/enlarge";
import { type LivePreview, watched } from "@/lib/drawing/live-preview";
import type { Drawn, Easel } from "@/lib/drawing/open-easel";
import { type Picture, picture } from "@/lib/engine/picture";
import { before, type Matte, resizeMatte } from "@/lib/photos/matte";
import { blurPicture, resizePicture, spreadMatte } from "@/lib/photos/resize-picture";
import type { CutThing } from "./cut-thing";
import { placeThing } from "./place-thing";
import type { ProductInput } from "./product.job";
import { PRODUCT_SIZES, type ProductSize } from "./product-sizes.input";

export interface ProductWish extends Pick<ProductInput, "prompt" | "scale" | "light" | "shadow"> {
  readonly size: ProductSize;
  readonly seed: number;
}

export interface ProductTools {
  readonly signal: AbortSignal;
  /** 0 … 1 */
  readonly onProgress: (part: number) => void;
  /** Sees both passes as they are drawn. */
  readonly preview?: LivePreview;
}

/** Of the second pass: the ground closes around the thing, and is still the same ground. */
const AROUND = 0.5;

/**
 * Draws a ground from words, sets the thing on it, draws the ground around it anew so that both belong together, and sets the
 * thing's own pixels on it in the size that shops ask for.
 */
export async function drawProduct(
  easel: Easel,
  thing: CutThing,
  wish: ProductWish,
  { signal, onProgress, preview }: ProductTools,
): Promise<{ drawn: Drawn; enlarged: Enlarged }> {
  const final = PRODUCT_SIZES[wish.size];
  const { prompt, seed } = wish;
  const ratio = Math.sqrt(final.width / final.height);
  const size = { width: nearestSide(easel.side * ratio), height: nearestSide(easel.side / ratio) };
  const told = (from: number) => ({
    signal,
    ...watched(preview, ({ step, of }) => onProgress(from + (0.35 * step) / of)),
  });
  const ground = await easel.draw({ prompt, seed, ...size }, told(0));
  const scene = await placeThing(thing, ground.picture, wish);
  const drawn = await easel.draw(
    {
      ...{ prompt, seed, ...size },
      init: { picture: scene.picture, strength: AROUND },
      mask: aroundOf(scene.matte),
    },
    told(0.35),
  );
  const large = await enlarge(easel, drawn.picture, signal);
  onProgress(0.9);
  const empty = await enlarge(easel, ground.picture, signal);
  const wide = await groundOf(large.picture, empty.picture, scene.matte, final);
  const { picture: finished } = await placeThing(thing, wide, wish);
  return { drawn, enlarged: { ...large, picture: finished } };
}

/** What is enlarged by more is softened: a ground out of focus, rather than one of steps. */
const CRISP = 1.5;
/** Of the longer side: how far the thing's coarse likeness reaches beyond the thing. */
const HALO = 0.045;
const SOFT = 0.0025;

/** The ground in the final size, without the coarse likeness of the thing that was drawn into it. */
async function groundOf(
  around: Picture,
  empty: Picture,
  matte: Matte,
  { width, height }: { width: number; height: number },
): Promise<Picture> {
  const longer = Math.max(width, height);
  const likeness = await spreadMatte(resizeMatte(matte, width, height), longer * HALO);
  const [full, bare] = await Promise.all([
    resizePicture(around, width, height),
    resizePicture(empty, width, height),
  ]);
  const ground = before(bare, likeness, full);
  return width > around.width * CRISP ? blurPicture(ground, longer * SOFT) : ground;
}

/** White where the ground is drawn anew. */
function aroundOf({ width, height, data }: Matte): Picture {
  return picture(
    width,
    height,
    Uint8ClampedArray.from({ length: width * height * 3 }, (_, i) => 255 - data[(i / 3) | 0]!),
  );
}
