import { z } from "zod";
import type { Job } from "../db/client";
import { ERRORS, type ErrorDetails, errorMessage, isErrorCode, type Locale } from "../errors";
import { madePictures, madeSheet } from "../pictures/made-pictures";

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
    of: z.int().nullable().describe("How many there will be; null where that is not known yet."),
    albumId: z.uuid().nullable().describe("The album that they lie in, where the job makes one."),
    isFaceFound: z
      .boolean()
      .nullable()
      .describe("Whether a face was found in the photo; null where none was looked for."),
    recognised: z
      .int()
      .nullable()
      .describe("In how many of them who was asked for is seen; null where that was not looked at."),
    refused: z
      .int()
      .nullable()
      .describe("How many were left out because not enough readers read them; null where none are tried."),
    hiresTimes: z
      .number()
      .nullable()
      .describe(
        "How many times as large a second pass became where the model draws no larger; null where it is as asked.",
      ),
    sheet: madeSheet
      .nullable()
      .describe("Where they are the cells of a table: its settings, and which picture is where, row by row."),
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
    of: made?.of ?? null,
    albumId: made?.albumId ?? null,
    isFaceFound: made?.isFaceFound ?? null,
    recognised: made?.recognised ?? null,
    refused: made?.refused ?? null,
    hiresTimes: made?.hiresTimes ?? null,
    sheet: made?.sheet ?? null,
    error: errorCode === null ? null : tellError(errorCode, details, locale),
    createdAt: job.createdAt.toISOString(),
    updatedAt: job.updatedAt.toISOString(),
  };
}

const tellError = (code: string, details: ErrorDetails, locale: Locale) => ({
  ...{ code, message: errorMessage(code, details, locale) },
  retryable: isErrorCode(code) && ERRORS[code].retryable,
});
