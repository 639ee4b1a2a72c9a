import { encodeDrawing } from "@/lib/drawing/encode-drawing";
import { enlarge } from "@/lib/drawing/enlarge";
import { type LivePreview, watched } from "@/lib/drawing/live-preview";
import type { Easel } from "@/lib/drawing/open-easel";
import type { AlbumPage } from "./plan-album";

interface PageTools {
  readonly signal: AbortSignal;
  readonly preview?: LivePreview | undefined;
  /** 0 … 1 of this page. */
  readonly onProgress: (part: number) => void;
}

/** Of a page's time: the rest is enlarging and writing. */
const DRAWING = 0.8;

/** One page's PNG, large enough to be looked at. @throws EngineError lora_fits_nothing · what `easel.draw` throws. */
export async function drawPage(
  easel: Easel,
  { prompt, seed, width, height }: AlbumPage,
  { signal, preview, onProgress }: PageTools,
): Promise<Buffer> {
  const drawn = await easel.draw(
    { prompt, seed, width, height },
    { signal, ...watched(preview, ({ step, of }) => onProgress((DRAWING * step) / of)) },
  );
  return encodeDrawing(drawn, await enlarge(easel, drawn.picture, signal));
}
