import { createHash } from "node:crypto";

/**
 * The id of another picture that a job makes: a job that runs twice makes each once.
 * @param part what it is among the job's pictures: "draft-2".
 * @returns a UUID of version 8. @source RFC 9562
 */
export function madeId(jobId: string, part: string): string {
  const bytes = createHash("sha256").update(`${jobId}/${part}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
