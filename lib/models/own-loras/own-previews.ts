import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { findJobByKey } from "../../db/jobs";
import { findOwnLora } from "../../db/own-loras";
import { AppError, type ErrorCode, type ErrorDetails } from "../../errors";
import { isThere } from "../install-model";
import { baseFor } from "./base-for";
import { ownPreviewPath } from "./own-lora-path";

export const PREVIEW_SIDE_PX = 320;

/** Names the job that draws a LoRA's preview, among its owner's. */
export const previewKey = (id: string): string => `lora-preview:${id}`;

/**
 * How the preview of a LoRA of one's own stands. `none`: nothing that it goes with is here; `undrawn`: by now there is;
 * `lost`: it was drawn, and its file is gone.
 */
export interface OwnPreview {
  readonly state: "none" | "undrawn" | "drawing" | "there" | "lost" | "failed";
  /** Of one that failed. */
  readonly error: { readonly code: ErrorCode; readonly details: ErrorDetails } | null;
}

/** How previews stand, by the LoRAs' ids. @param ids of LoRAs that are the owner's. */
export async function listOwnPreviews(
  ownerId: string,
  ids: readonly string[],
): Promise<Record<string, OwnPreview>> {
  return Object.fromEntries(
    await Promise.all(ids.map(async (id) => [id, await previewOf(ownerId, id)] as const)),
  );
}

async function previewOf(ownerId: string, id: string): Promise<OwnPreview> {
  const job = await findJobByKey(ownerId, previewKey(id));
  if (await hasOwnPreview(ownerId, id)) return { state: "there", error: null };
  if (!job || job.state === "cancelled" || job.state === "done") {
    const base = await baseFor((await findOwnLora(ownerId, id))?.family ?? null);
    if (base === null) return { state: "none", error: null };
    return { state: job?.state === "done" ? "lost" : "undrawn", error: null };
  }
  if (job.state !== "failed") return { state: "drawing", error: null };
  const code = (job.errorCode ?? "internal") as ErrorCode;
  return { state: "failed", error: { code, details: (job.errorDetails ?? {}) as ErrorDetails } };
}

/** A job that is done has kept its file: asked in this order, a file that is not there is lost. */
export const hasOwnPreview = (ownerId: string, id: string): Promise<boolean> =>
  isThere(ownPreviewPath({ ownerId, id }));

/**
 * What a LoRA of one's own draws, as WebP.
 * @throws AppError not_found, also for another's, and where nothing was drawn with it yet
 */
export async function readOwnPreview(ownerId: string, id: string): Promise<Buffer> {
  if (!(await findOwnLora(ownerId, id))) throw new AppError("not_found");
  return readFile(ownPreviewPath({ ownerId, id })).catch((cause: unknown) => {
    throw new AppError("not_found", { cause });
  });
}

/** Keeps what was drawn beside its LoRA; one that is gone meanwhile needs none. @throws AppError lora_gone */
export async function keepOwnPreview(ownerId: string, id: string, webp: Uint8Array): Promise<void> {
  const target = ownPreviewPath({ ownerId, id });
  const draft = `${target}.draft`;
  try {
    await writeFile(draft, webp, { flush: true });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  if (await findOwnLora(ownerId, id)) return;
  await rm(target, { force: true });
  throw new AppError("lora_gone");
}
