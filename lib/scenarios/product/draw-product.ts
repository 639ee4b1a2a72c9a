import { nearestSide } from "@/lib/drawing/drawing-settings";
import { type Enlarged, enlarge } from "@/lib/drawing/enlarge";
import { type LivePreview, watched } from "@/lib/drawing/live-preview";
import type { Drawn, Easel } from "@/lib/drawing/open-easel";
import { type Picture, picture } from "@/lib/engine/picture";
import { runOnCpu } from "@/lib/jobs/cpu-pool";
import type { Matte } from "@/lib/photos/matte";
import type { FinishRequest } from "./finish-product";
import type { Placed, PlaceRequest } from "./place-thing";
import type { ProductInput } from "./product.job";
import { PRODUCT_SIZES, type ProductSize } from "./product-sizes.input";
import type { CutThing } from "./thing-of";

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
  const placing: PlaceRequest = { thing, ground: ground.picture, wish };
  const scene = await runOnCpu<Placed>("place-thing", placing, { signal });
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
  const finishing: FinishRequest = {
    ...{ thing, wish, matte: scene.matte, around: large.picture, empty: empty.picture },
    ...{ width: final.width, height: final.height },
  };
  const finished = await runOnCpu<Picture>("finish-product", finishing, { signal });
  return { drawn, enlarged: { ...large, picture: finished } };
}

/** White where the ground is drawn anew. */
function aroundOf({ width, height, data }: Matte): Picture {
  return picture(
    width,
    height,
    Uint8ClampedArray.from({ length: width * height * 3 }, (_, i) => 255 - data[(i / 3) | 0]!),
  );
}
