import type { DrawnFor, FitRequest } from "@/lib/codes/fit-drawing";
import { styledPrompt } from "@/lib/drawing/drawing-style.input";
import { companionUpscaler, growTo } from "@/lib/drawing/enlarge";
import { type LivePreview, watched } from "@/lib/drawing/live-preview";
import type { Drawn, Easel } from "@/lib/drawing/open-easel";
import { pictureStyle } from "@/lib/drawing/picture-styles.input";
import { runOnCpu } from "@/lib/jobs/cpu-pool";
import { artHint } from "./art-hint";
import { artRecipe } from "./art-recipe";
import { cropDrawn } from "./crop-drawn";
import type { QrArtInput } from "./qr-art.job";

export interface Art {
  /** The symbol alone, without what was drawn around it. */
  readonly drawn: Drawn;
  /** What was drawn into it. */
  readonly code: DrawnFor;
}

export type ArtStage = "drawing" | "fitting" | "blending";

interface ArtTools {
  readonly signal: AbortSignal;
  /** 0 … 1 of both passes. */
  readonly onProgress: (part: number, stage: ArtStage) => void;
  /** Sees both passes as they are drawn. */
  readonly preview?: LivePreview | undefined;
}

/** The first pass is quick to look at; most of the work is in the second. */
const FIRST = 0.4;

/**
 * Draws a picture, chooses the code to suit it, then draws the picture again from what it was, now under the code's
 * control: the code moves to the picture first, so that the picture has less to change.
 */
export async function drawArt(
  easel: Easel,
  { prompt, style, text, level, blend }: QrArtInput,
  { seed, size }: { seed: number; size: number },
  { signal, onProgress, preview }: ArtTools,
): Promise<Art> {
  const { side, codePx, strength, controls } = await artRecipe(easel, size, blend);
  const wish = { prompt: styledPrompt(pictureStyle(style), prompt), seed };
  const own = Math.min(side, easel.side);
  const drawnFirst = await easel.draw(
    { ...wish, width: own, height: own },
    { signal, ...watched(preview, ({ step, of }) => onProgress((FIRST * step) / of, "drawing")) },
  );
  onProgress(FIRST, "fitting");
  const first = await grown(easel, drawnFirst, side, signal);
  const symbol = cropDrawn(first, codePx).picture;
  const request: FitRequest = { text, level, picture: symbol };
  const code = await runOnCpu<DrawnFor>("fit-drawing", request, { signal });
  const hint = (isSelective: boolean) => artHint(code, { side, codePx, drawn: isSelective ? symbol : null });
  const drawn = await easel.draw(
    {
      ...{ ...wish, width: side, height: side },
      init: { picture: first.picture, strength },
      controls: controls.map(({ isSelective, ...each }) => ({
        ...{ ...each, annotator: "none", picture: hint(isSelective), guess: false },
      })),
    },
    {
      signal,
      ...watched(preview, ({ step, of }) => onProgress(FIRST + ((1 - FIRST) * step) / of, "blending")),
    },
  );
  return { drawn: cropDrawn(drawn, codePx), code };
}

/** A drawing in the size of the second pass. A style is laid over it then: upscalers take its squares for stairs. */
async function grown(easel: Easel, drawn: Drawn, side: number, signal: AbortSignal): Promise<Drawn> {
  const { picture, unfinished } = drawn;
  if (picture.width === side) return drawn;
  const upscaler = await companionUpscaler(easel);
  const larger = await growTo(
    unfinished?.picture ?? picture,
    { width: side, height: side },
    upscaler?.path ?? null,
    signal,
  );
  if (!unfinished) return { ...drawn, picture: larger };
  return { ...drawn, picture: unfinished.finish(larger), unfinished: { ...unfinished, picture: larger } };
}
