import { z } from "zod";

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
});
export type JobUpdate = z.infer<typeof jobUpdate>;

/** Where the making of a code stands, as the page shows it. */
export type Making =
  | { phase: "idle" }
  | { phase: "starting" }
  | { phase: "working"; jobId: string; progress: number; stage: string }
  | { phase: "done"; jobId: string; pictureId: string }
  | { phase: "cancelled"; jobId: string }
  | {
      phase: "failed";
      jobId: string | null;
      code: string;
      /** As the server wrote it; empty when the server could not be asked. */
      message: string;
      retryable: boolean;
    };
