import type { CodeFile, FileRequest } from "@/lib/codes/make-file";
import { runOnCpu } from "@/lib/jobs/cpu-pool";
import type { JobHandler } from "@/lib/jobs/job-handler";
import { addMade } from "@/lib/pictures/add-made";
import { chosenPicture } from "./chosen-picture";
import { qrPictureInput } from "./qr-picture.job";

/** Makes the code on a thread of its own and keeps it in the owner's gallery, with its settings and its verdict. */
export const qrPictureHandler: JobHandler = async ({ job, signal, report }) => {
  const input = qrPictureInput.parse(job.input);
  const { picture: choice, ...rest } = input;
  const request: FileRequest = {
    input: rest,
    picture: await chosenPicture(job.ownerId, choice),
    format: "png",
  };
  const { bytes, report: verdict } = await runOnCpu<CodeFile>("qr-picture", request, {
    signal,
    onProgress: report,
  });
  const kept = await addMade(job.id, {
    kind: "code",
    bytes: Buffer.from(bytes),
    title: input.text,
    settings: input,
    verdict: JSON.parse(JSON.stringify(verdict)),
    sourceId: choice?.from === "gallery" ? choice.id : null,
  });
  return { pictureId: kept.id };
};
