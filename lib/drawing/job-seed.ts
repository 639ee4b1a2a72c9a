import { createHash } from "node:crypto";

/** The seed of a job that names none: another one a job, and the same one when it runs again. */
export const jobSeed = (jobId: string, asked: number | null): number =>
  asked ?? createHash("sha256").update(jobId).digest().readUInt32BE(0);
