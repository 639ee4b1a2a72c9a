import type { Picture } from "@/lib/engine/picture";
import { infer } from "@/lib/inference/client";
import { resizePicture } from "@/lib/photos/resize-picture";

/** One that enlarges by 2 is asked twice for 4; more rounds than this are a model that enlarges nothing. */
const MOST_ROUNDS = 2;

interface EnlargingTools {
  readonly signal: AbortSignal;
  /** 0 … 1 */
  readonly onProgress: (part: number) => void;
}

/**
 * A picture exactly so many times as wide and high, by a model that knows how lines and surfaces go on.
 * @param upscaler absolute path; a model that enlarges more is brought back by a filter, one that enlarges less is asked again.
 * @throws what `infer` throws: EngineError size_invalid, out_of_memory …
 */
export async function makeLarger(
  source: Picture,
  times: number,
  upscaler: string,
  { signal, onProgress }: EnlargingTools,
): Promise<Picture> {
  const [width, height] = [source.width * times, source.height * times];
  let picture = source;
  for (let round = 0; round < MOST_ROUNDS && picture.width < width; round++) {
    const tell = ({ tile, of }: { tile: number; of: number }) =>
      onProgress((round + tile / of) / (round + 1));
    picture = (await infer("upscale", { model: upscaler, picture }, { signal, onProgress: tell })).picture;
  }
  return resizePicture(picture, width, height);
}
