import { runOnCpu } from "@/lib/jobs/cpu-pool";
import type { JobHandler } from "@/lib/jobs/job-handler";
import { addCode } from "@/lib/pictures/add-code";
import { pictureSource } from "@/lib/pictures/picture-source";
import type { CodeFile, FileRequest } from "./make-file";
import { type QrPictureInput, qrPictureInput } from "./qr-picture.job";
import { samplePicture } from "./sample-picture";

/** Makes the code on a thread of its own and keeps it in the owner's gallery, with its settings and its verdict. */
export const qrPictureHandler: JobHandler = async ({ job, signal, report }) => {
  const input = qrPictureInput.parse(job.input);
  const { picture: choice, ...rest } = input;
  const request: FileRequest = { input: rest, picture: await chosenPicture(job.ownerId, choice), format: "png" };
  const { bytes, report: verdict } = await runOnCpu<CodeFile>("qr-picture", request, {
    signal,
    onProgress: report,
  });
  const kept = await addCode(job.id, {
    bytes: Buffer.from(bytes),
    title: input.text,
    settings: input,
    verdict: JSON.parse(JSON.stringify(verdict)),
    sourceId: choice?.from === "gallery" ? choice.id : null,
  });
  return { pictureId: kept.id };
};

/** @throws AppError not_found for another owner's picture and for samples that are not there. */
export async function chosenPicture(ownerId: string, choice: QrPictureInput["picture"]): Promise<Buffer | null> {
  if (choice === null) return null;
  return choice.from === "gallery" ? (await pictureSource(ownerId, choice.id)).bytes : samplePicture(choice.name);
}
