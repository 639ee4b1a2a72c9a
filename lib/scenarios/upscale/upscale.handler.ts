import { chooseUpscaler } from "@/lib/drawing/choose-upscaler";
import { encodePng } from "@/lib/drawing/encode-png";
import { copyPictureParameters } from "@/lib/engine/parameters/picture-parameters";
import { AppError } from "@/lib/errors";
import type { JobHandler } from "@/lib/jobs/job-handler";
import { addMade } from "@/lib/pictures/add-made";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { readOriginal } from "@/lib/pictures/read-picture-file";
import { showPicture } from "@/lib/pictures/show-picture";
import { makeLarger } from "./make-larger";
import { MOST_SOURCE_PX } from "./upscale.input";
import { UPSCALE, upscaleInput } from "./upscale.job";

/** Of the time: the rest is writing the file. */
const DRAWING = 0.9;

/** Keeps a picture again, larger, with all that is known of how it was made. */
export const upscaleHandler: JobHandler = async ({ job, signal, report }) => {
  const { picture: id, times, upscaler } = upscaleInput.parse(job.input);
  report(0, "preparing");
  const parent = await showPicture(job.ownerId, id);
  if (Math.max(parent.width, parent.height) > MOST_SOURCE_PX)
    throw new AppError("picture_large_already", { details: { limit: MOST_SOURCE_PX } });
  const bytes = await (await readOriginal(job.ownerId, id)).read();
  const source = await decodeRgb(bytes);
  report(0, "opening");
  const model = await chooseUpscaler(upscaler);
  const larger = await makeLarger(source, times, model.path, {
    signal,
    onProgress: (part) => report(DRAWING * part, "enlarging"),
  });
  report(DRAWING, "saving");
  const png = await copyPictureParameters(bytes, await encodePng(larger));
  await addMade(job.id, {
    ...{ kind: "drawing", bytes: Buffer.from(png), title: parent.title, sourceId: id },
    settings: {
      scenario: UPSCALE,
      ...settingsOf(parent.settings),
      enlarged: { picture: id, times, upscaler: model.name },
    },
  });
  return { pictureId: job.id, result: { pictures: [job.id], of: 1 } };
};

/** A drawing's settings draw it again; a photo has none. */
const settingsOf = (settings: unknown): object =>
  typeof settings === "object" && settings !== null && !Array.isArray(settings) ? settings : {};
