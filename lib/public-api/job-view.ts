import { z } from "zod";
import type { Job } from "../db/client";
import { ERRORS, type ErrorDetails, errorMessage, isErrorCode, type Locale } from "../errors";
import { madePictures } from "../pictures/made-pictures";

/** A job as programs see it. */
export const jobView = z
  .strictObject({
    id: z.uuid(),
    scenario: z.string(),
    state: z.enum(["queued", "running", "done", "failed", "cancelled"]),
    progress: z.number().min(0).max(1),
    stage: z.string().describe("What is being done, as a stable key."),
    pictures: z
      .array(z.uuid())
      .describe("Pictures that are there by now, the best or the first of them first."),
    albumId: z.uuid().nullable().describe("The album that they lie in, where the job makes one."),
    error: z
      .strictObject({ code: z.string(), message: z.string(), retryable: z.boolean() })
      .nullable()
      .describe("Why it failed, in the asker's language."),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Job" });
export type JobView = z.infer<typeof jobView>;

export function viewJob(job: Job, locale: Locale): JobView {
  const { id, scenario, state, progress, stage, pictureId, errorCode } = job;
  const made = madePictures.safeParse(job.result).data;
  const details = (job.errorDetails ?? {}) as ErrorDetails;
  return {
    ...{ id, scenario, state, progress, stage },
    pictures: made?.pictures ?? (pictureId === null ? [] : [pictureId]),
    albumId: made?.albumId ?? null,
    error: errorCode === null ? null : tellError(errorCode, details, locale),
    createdAt: job.createdAt.toISOString(),
    updatedAt: job.updatedAt.toISOString(),
  };
}

const tellError = (code: string, details: ErrorDetails, locale: Locale) => ({
  ...{ code, message: errorMessage(code, details, locale) },
  retryable: isErrorCode(code) && ERRORS[code].retryable,
});
