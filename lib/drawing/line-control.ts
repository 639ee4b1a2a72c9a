import { isAnnotatorName } from "../engine/annotators/annotate";
import type { Picture } from "../engine/picture";
import { AppError } from "../errors";
import { findModel } from "../inference/model-files";
import type { ControlInput } from "../inference/tasks";
import { describeModel } from "../models/describe-model";
import { listShared } from "../models/list-models";
import type { Easel } from "./open-easel";

/** ControlNets that are shown lines, as people name their files, with what draws the lines. */
const KNOWN: readonly [RegExp, ControlInput["annotator"]][] = [
  [/canny/i, "canny"],
  [/line.?art/i, "line-art"],
  [/soft.?edge|hed|pidi/i, "soft-edge"],
];

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
  const fitting = nets.filter(({ family }) => family !== null && family === drawing?.family);
  for (const [pattern, annotator] of KNOWN) {
    const found = fitting.find(({ id }) => pattern.test(id));
    if (found) return { control: await findModel(found.id, "controlnet"), annotator };
  }
  throw new AppError("weights_missing", { details: { file: "ControlNet (Canny, line art)" } });
}
