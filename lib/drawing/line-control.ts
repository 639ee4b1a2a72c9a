import { isAnnotatorName } from "../engine/annotators/annotate";
import type { Picture } from "../engine/picture";
import { AppError } from "../errors";
import { findModel } from "../inference/model-files";
import type { ControlInput } from "../inference/tasks";
import { describeModel } from "../models/describe-model";
import { listShared } from "../models/list-models";
import { lineNetFor } from "./line-nets";
import type { Easel } from "./open-easel";

/**
 * Steers a drawing along a picture's lines, by the ControlNet that goes with the model, else by one of its family that is installed.
 * @throws AppError weights_missing where there is none.
 */
export async function lineControl(easel: Easel, picture: Picture, weight: number): Promise<ControlInput> {
  const { control, annotator } = await lineNet(easel);
  return { model: control, annotator, picture, weight, from: 0, to: 1, guess: false };
}

async function lineNet({
  model,
  companions,
}: Easel): Promise<{ control: string; annotator: ControlInput["annotator"] }> {
  const { line } = companions;
  if (line && isAnnotatorName(line.annotator))
    return { control: await findModel(line.control, "controlnet"), annotator: line.annotator };
  const [drawing, nets] = await Promise.all([describeModel("checkpoint", model), listShared(["controlnet"])]);
  const found = lineNetFor(nets, drawing?.family ?? null);
  if (found) return { control: await findModel(found.net.id, "controlnet"), annotator: found.annotator };
  throw new AppError("weights_missing", { details: { file: "ControlNet (Canny, line art)" } });
}
