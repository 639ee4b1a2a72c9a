import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";
import sharp, { type Sharp } from "sharp";
import { AppError } from "../errors";
import { runOnCpu } from "../jobs/cpu-pool";
import { assignProfile } from "./assign-profile";
import { type HeicPixels, heicPixels } from "./heic-pixels";
import { MAX_DECODE_SECONDS, MAX_PICTURE_PIXELS } from "./picture-limits";
import { isHeic } from "./sniff-picture";

/** Decodings at once: each may need a few hundred megabytes, and one core stays free for requests. */
const MOST_AT_ONCE = Math.min(2, Math.max(1, availableParallelism() - 1));

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Decodes a picture with its orientation applied, within the limits on pixels and time, and damage refused.
 * @param work what to make of it; the pipeline it gets carries no metadata into its output.
 * @throws AppError picture_unreadable when the bytes are damaged or cut off; whatever `work` throws of its own.
 */
export async function decodePicture<T>(bytes: Buffer, work: (picture: Sharp) => Promise<T>): Promise<T> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    const limits = { failOn: "error", limitInputPixels: MAX_PICTURE_PIXELS, sequentialRead: true } as const;
    const picture = isHeic(bytes) ? await openHeic(bytes) : sharp(bytes, limits).autoOrient();
    return await work(picture.timeout({ seconds: MAX_DECODE_SECONDS }));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("picture_unreadable", { cause });
  } finally {
    running--;
    waiting.shift()?.();
  }
}

/** A HEIC photo's pixels, decoded on a thread that is ended when it takes too long. */
async function openHeic(bytes: Buffer): Promise<Sharp> {
  const { data, width, height } = isMainThread
    ? await runOnCpu<HeicPixels>("heic-pixels", bytes, {
        signal: AbortSignal.timeout(MAX_DECODE_SECONDS * 1000),
      })
    : await heicPixels(bytes);
  const picture = sharp(data, { raw: { width, height, channels: 4 } });
  // Phones' photos are in Display P3; the decoder gives numbers alone.
  const { icc } = await sharp(bytes, { limitInputPixels: false }).metadata();
  return icc ? assignProfile(picture, icc) : picture;
}
