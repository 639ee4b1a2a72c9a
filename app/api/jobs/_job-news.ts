import { z } from "zod";
import type { Locale } from "@/app/_i18n/locale";
import type { Job } from "@/lib/db/client";
import { AppError, ERRORS, type ErrorDetails, errorMessage, isErrorCode } from "@/lib/errors";
import { type MadePictures, madePictures } from "@/lib/pictures/made-pictures";
import { archiveReport } from "@/lib/uploads/import-archive";

/** A job as its owner's page sees it. */
export interface JobNews {
  id: string;
  scenario: string;
  state: Job["state"];
  /** 0 to 1. */
  progress: number;
  /** Message key of what is being done. */
  stage: string;
  errorCode: string | null;
  /** What went wrong, in the reader's language. */
  message: string | null;
  retryable: boolean;
  pictureId: string | null;
  /** Pictures that are there, for jobs that make several. */
  made: MadePictures | null;
  /** What became of an archive that was unpacked; null for other jobs. */
  archive: ArchiveNews | null;
}

/** An archive's report, with the reasons in the reader's language. */
export interface ArchiveNews {
  added: number;
  present: number;
  refused: number;
  told: { name: string; message: string }[];
}

export function describeJob(job: Job, locale: Locale): JobNews {
  const { id, scenario, state, progress, stage, errorCode, pictureId } = job;
  const details = (job.errorDetails ?? {}) as ErrorDetails;
  return {
    ...{ id, scenario, state, progress, stage, errorCode, pictureId },
    message: errorCode === null ? null : errorMessage(errorCode, details, locale),
    retryable: isErrorCode(errorCode) && ERRORS[errorCode].retryable,
    made: describeMade(job),
    archive: describeArchive(job.result, locale),
  };
}

/** A preview is news while its picture is drawn; what was cancelled or failed has none. */
function describeMade({ state, result }: Job): MadePictures | null {
  const made = madePictures.safeParse(result).data;
  return made ? { ...made, preview: state === "running" ? made.preview : null } : null;
}

function describeArchive(result: unknown, locale: Locale): ArchiveNews | null {
  const report = archiveReport.safeParse(result);
  if (!report.success) return null;
  const { told, ...counts } = report.data;
  return {
    ...counts,
    told: told.map(({ name, code, details }) => ({ name, message: errorMessage(code, details, locale) })),
  };
}

/**
 * A job's id as it came with an address.
 * @throws AppError not_found for what can't be one.
 */
export function jobId(given: string): string {
  const id = z.uuid().safeParse(given);
  if (!id.success) throw new AppError("not_found");
  return id.data;
}
