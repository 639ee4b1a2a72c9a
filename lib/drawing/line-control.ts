import type { Picture } from "../engine/picture";
import { AppError } from "../errors";
import type { ControlInput } from "../inference/tasks";
import { type ControlledModel, photoControl } from "./photo-control";

/**
 * Steers a drawing along a picture's lines, by the ControlNet that goes with the model, else by one that is installed.
 * @throws AppError weights_missing where there is none.
 */
export async function lineControl(
  model: ControlledModel,
  picture: Picture,
  weight: number,
): Promise<ControlInput> {
  const control =
    (await photoControl(model, picture, "lines", weight)) ??
    (await photoControl(model, picture, "edges", weight));
  if (!control) throw new AppError("weights_missing", { details: { file: "ControlNet (Canny, line art)" } });
  return control;
}
