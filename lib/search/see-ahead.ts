import { infer } from "../inference/client";
import type { RgbPixels } from "../pictures/decode-rgb";

/** Pictures that were opened together; null for what could not be. */
export interface OpenedBatch {
  readonly pixels: readonly (RgbPixels | null)[];
}

/**
 * Vectors of one batch after another: while the model looks at one, the next is opened. Decoders and networks keep
 * different parts of a machine busy.
 * @param path     of the model.
 * @param openNext gets the batch that the model is about to look at, none at first; null where nothing is left.
 * @yields a batch and its vectors, null for what could not be opened.
 * @throws what `openNext` does, once what was opened before is seen; those of the host; the signal's reason.
 */
export async function* seeAhead<Batch extends OpenedBatch>(
  path: string,
  openNext: (before: Batch | null) => Promise<Batch | null>,
  signal: AbortSignal,
): AsyncGenerator<{ readonly batch: Batch; readonly vectors: readonly (Float32Array | null)[] }> {
  let opening = openNext(null);
  for (;;) {
    const batch = await opening;
    if (!batch) return;
    signal.throwIfAborted();
    opening = openNext(batch);
    // Heard when its turn comes, if that comes.
    opening.catch(() => {});
    const pictures = batch.pixels.filter((each) => each !== null);
    const seen = await infer("embed", { model: path, texts: [], pictures }, { signal });
    const found = seen.pictures.values();
    yield { batch, vectors: batch.pixels.map((each) => each && (found.next().value ?? null)) };
  }
}
