import { z } from "zod";

/** One event of a job's stream. */
export const jobUpdate = z.object({
  state: z.enum(["queued", "running", "done", "failed", "cancelled"]),
  progress: z.number(),
  stage: z.string(),
  errorCode: z.string().nullish(),
  errorDetails: z.record(z.string(), z.union([z.string(), z.number()])).nullish(),
  pictureId: z.string().nullish(),
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
      details: Readonly<Record<string, string | number>>;
      /** As the server wrote it; without one the page looks the code up. */
      message?: string;
      retryable: boolean;
    };
