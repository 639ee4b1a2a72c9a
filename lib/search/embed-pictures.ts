import type { Sharp } from "sharp";
import { growGraph, listWithoutVector, saveVectors } from "../db/vectors";
import { AppError } from "../errors";
import { log } from "../log";
import { decodeRgb, type RgbPixels } from "../pictures/decode-rgb";
import { storage } from "../storage/open-storage";
import type { ClipModel } from "./clip-model";
import { seeAhead } from "./see-ahead";

/** In one go: between two of them other tasks have their turn. */
export const BATCH = 16;
/**
 * As large as a model looks at pictures: decoders are quicker where they need not open every pixel. Within 1 of 255 of
 * what the model's own way makes of all of them, on the mean; smaller pictures are left to the model.
 */
export const asSeen =
  ({ side }: Pick<ClipModel, "side">) =>
  async (decoded: Sharp): Promise<Sharp> => {
    const { width, height } = (await decoded.metadata()).autoOrient;
    const shorter = Math.min(width, height);
    if (shorter <= side) return decoded;
    // Rounded as the model's processor does: what is cut out of the middle lies half a pixel off otherwise.
    const scaled = (length: number) => Math.floor((side * length) / shorter);
    return decoded.resize(scaled(width), scaled(height), {
      ...{ fit: "fill", kernel: "cubic" },
      // JPEG's decoder makes pictures smaller by averaging; only so far that the kernel still has something to do.
      fastShrinkOnLoad: false,
    });
  };

/**
 * Sees the pictures that have no vector of the model yet, the newest first, whoever's they are. What cannot be opened is
 * noted and not tried again.
 * @yields how many were done, after every batch; ends when none waits.
 * @throws AppError storage_unavailable, those of the host; the signal's reason. What was not kept waits on.
 */
export async function* embedWaiting(model: ClipModel, signal: AbortSignal): AsyncGenerator<number> {
  const openNext = (before: { readonly waiting: readonly Waiting[] } | null) =>
    openBatch(model, before?.waiting ?? []);
  for await (const { batch, vectors } of seeAhead(model.path, openNext, signal)) {
    const { waiting } = batch;
    await saveVectors(
      model.name,
      waiting.map(({ id }, i) => ({ pictureId: id, vector: vectors[i]! })),
    );
    const width = vectors.find((each) => each !== null)?.length;
    if (width)
      for (const owner of new Set(waiting.map(({ ownerId }) => ownerId)))
        await growGraph(owner, model.name, width);
    yield waiting.length;
  }
}

type Waiting = Awaited<ReturnType<typeof listWithoutVector>>[number];

/** The next pictures besides those that are being looked at; null where there are none. */
async function openBatch(model: ClipModel, besides: readonly Waiting[]) {
  const known = new Set(besides.map(({ id }) => id));
  const listed = await listWithoutVector(model.name, BATCH + known.size);
  const waiting = listed.filter(({ id }) => !known.has(id)).slice(0, BATCH);
  if (waiting.length === 0) return null;
  return { waiting, pixels: await Promise.all(waiting.map(({ id, blob }) => openPixels(model, id, blob))) };
}

/** @returns null for what is damaged or gone. */
async function openPixels(model: ClipModel, id: string, blob: string): Promise<RgbPixels | null> {
  try {
    return await decodeRgb(await storage().read(blob), { resize: asSeen(model) });
  } catch (err) {
    if (!(err instanceof AppError) || (err.code !== "picture_unreadable" && err.code !== "file_missing"))
      throw err;
    log("search").warn({ err, picture: id }, "a picture cannot be seen");
    return null;
  }
}
