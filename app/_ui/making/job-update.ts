import { z } from "zod";
import { type MadePictures, madePictures } from "@/lib/pictures/made-pictures";

/** One event of a job's stream. */
export const jobUpdate = z.object({
  state: z.enum(["queued", "running", "done", "failed", "cancelled"]),
  progress: z.number(),
  stage: z.string(),
  errorCode: z.string().nullable(),
  /** What went wrong, in the reader's language. */
  message: z.string().nullable(),
  retryable: z.boolean(),
  pictureId: z.string().nullable(),
  /** For jobs that make several pictures: those that are there. */
  made: madePictures.nullable(),
});
export type JobUpdate = z.infer<typeof jobUpdate>;

/** Where the making of something stands, as the page shows it. */
export type Making =
  | { phase: "idle" }
  | { phase: "starting" }
  | { phase: "working"; jobId: string; progress: number; stage: string; made: MadePictures | null }
  | { phase: "done"; jobId: string; pictureId: string; made: MadePictures | null }
  | { phase: "cancelled"; jobId: string; made: MadePictures | null }
  | {
      phase: "failed";
      jobId: string | null;
      code: string;
      /** As the server wrote it; empty when the server could not be asked. */
      message: string;
      retryable: boolean;
      made: MadePictures | null;
    };
