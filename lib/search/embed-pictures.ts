import type { Sharp } from "sharp";
import { growGraph, listWithoutVector, saveVectors } from "../db/vectors";
import { AppError } from "../errors";
import { infer } from "../inference/client";
import { log } from "../log";
import { decodeRgb, type RgbPixels } from "../pictures/decode-rgb";
import { storage } from "../storage/open-storage";
import type { ClipModel } from "./clip-model";

/** In one go: between two of them other tasks have their turn. */
const BATCH = 16;
const SHORT_SIDE_PX = 768;

/** Models look at no more than this; decoders are quicker where they need not open every pixel. */
export const asSeen = (decoded: Sharp): Sharp =>
  decoded.resize(SHORT_SIDE_PX, SHORT_SIDE_PX, { fit: "outside", withoutEnlargement: true });

/**
 * Sees the next pictures that have no vector of the model yet, the newest first, whoever's they are. What cannot be
 * opened is noted and not tried again.
 * @returns how many were done; 0 when none waits.
 * @throws AppError storage_unavailable, those of the host; the signal's reason. What was not kept waits on.
 */
export async function embedNextPictures(model: ClipModel, signal: AbortSignal): Promise<number> {
  const waiting = await listWithoutVector(model.name, BATCH);
  if (waiting.length === 0) return 0;
  const pixels = await Promise.all(waiting.map(({ id, blob }) => openPixels(id, blob)));
  signal.throwIfAborted();
  const open = pixels.filter((each) => each !== null);
  const seen = await infer("embed", { model: model.path, texts: [], pictures: open }, { signal });
  const vectors = seen.pictures.values();
  const found = waiting.map(({ id }, i) => ({
    pictureId: id,
    vector: pixels[i] ? (vectors.next().value ?? null) : null,
  }));
  await saveVectors(model.name, found);
  const width = seen.pictures[0]?.length;
  if (width)
    for (const owner of new Set(waiting.map(({ ownerId }) => ownerId)))
      await growGraph(owner, model.name, width);
  return waiting.length;
}

/** @returns null for what is damaged or gone. */
async function openPixels(id: string, blob: string): Promise<RgbPixels | null> {
  try {
    return await decodeRgb(await storage().read(blob), { resize: asSeen });
  } catch (err) {
    if (!(err instanceof AppError) || (err.code !== "picture_unreadable" && err.code !== "file_missing"))
      throw err;
    log("search").warn({ err, picture: id }, "a picture cannot be seen");
    return null;
  }
}
