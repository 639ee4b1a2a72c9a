import { z } from "zod";
import type { ArchiveNews } from "@/app/api/jobs/_job-news";
import type { ModelView } from "@/lib/models/describe-model";
import type { PictureView } from "@/lib/pictures/describe-picture";

/** A file on its way. */
export interface UploadItem {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  /** How much of an archive is unpacked, 0 to 1. */
  readonly unpacked: number;
  /**
   * `unpacking`: an archive has arrived, and its pictures are taken out. `present`: the gallery had these bytes already.
   * `refused`: the file will never do. `failed`: another try may help.
   */
  readonly state: "waiting" | "sending" | "unpacking" | "added" | "present" | "refused" | "failed";
  /** Why, in the reader's language, as the server wrote it; empty when it could not be asked. */
  readonly message: string;
  /** What became of the files in an archive. */
  readonly archive?: ArchiveNews;
}

export const isOver = ({ state }: UploadItem): boolean =>
  state !== "waiting" && state !== "sending" && state !== "unpacking";

/** What the server makes of a whole file: a picture, a job that unpacks an archive, or a LoRA among one's models. */
export type Taken =
  | { picture: PictureView; isNew: boolean }
  | { jobId: string }
  | { lora: ModelView; isNew: boolean };

const refusal = z.object({ message: z.string(), retryable: z.boolean() });

/** The body of an answer; null for one that is none of ours. */
export function readTaken(text: string): Taken | null {
  try {
    const body = JSON.parse(text);
    const id = body?.picture?.id ?? body?.lora?.id ?? body?.jobId;
    return typeof id === "string" ? body : null;
  } catch {
    return null;
  }
}

/** How a refusal reads: the server's own words where it has any, otherwise the line is to blame. */
export function readRefusal(text: string): Pick<UploadItem, "state" | "message"> {
  try {
    const { message, retryable } = refusal.parse(JSON.parse(text));
    return { state: retryable ? "failed" : "refused", message };
  } catch {
    return { state: "failed", message: "" };
  }
}
