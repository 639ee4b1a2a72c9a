import sharp from "sharp";
import { drawingOptions } from "@/lib/drawing/drawing.input";
import { drawingSize } from "@/lib/drawing/drawing-size";
import { encodePng } from "@/lib/drawing/encode-png";
import { openEasel } from "@/lib/drawing/open-easel";
import { AppError } from "@/lib/errors";
import type { JobHandler } from "@/lib/jobs/job-handler";
import { baseFor } from "@/lib/models/own-loras/base-for";
import { keepOwnPreview, PREVIEW_SIDE_PX } from "@/lib/models/own-loras/own-previews";
import { showOwnLora } from "@/lib/models/own-loras/show-own-lora";
import { loraPreviewInput } from "./lora-preview.job";

/** The same for all, so that they can be compared. */
const SEED = 7;
/** Of what a LoRA answers to, so many say what it is for. */
const MOST_WORDS = 3;

/** Draws one picture with a LoRA and its own words, and keeps it beside the LoRA: it is in no gallery. */
export const loraPreviewHandler: JobHandler = async ({ job, signal, report }) => {
  const { lora } = loraPreviewInput.parse(job.input);
  const own = await showOwnLora(job.ownerId, lora).catch((cause: unknown) => {
    throw new AppError("lora_gone", { cause });
  });
  const model = await baseFor(own.family);
  if (model === null) throw new AppError("weights_missing", { details: { file: own.family ?? own.title } });
  report(0, "opening");
  const options = drawingOptions.parse({ model, loras: [{ name: lora }], seed: SEED });
  const easel = await openEasel(options, job.ownerId);
  const words = own.triggerWords.slice(0, MOST_WORDS).join(", ") || own.title;
  const onProgress = ({ step, of }: { step: number; of: number }) => report((0.9 * step) / of, "drawing");
  const wish = { prompt: words, seed: SEED, ...drawingSize("square", easel.side) };
  const { picture } = await easel.draw(wish, { signal, onProgress });
  const small = sharp(await encodePng(picture)).resize(PREVIEW_SIDE_PX, PREVIEW_SIDE_PX);
  await keepOwnPreview(job.ownerId, lora, await small.webp({ quality: 82 }).toBuffer());
  return { result: { lora } };
};
