import type { Picture } from "../engine/picture";
import { AppError } from "../errors";
import type { ControlInput } from "../inference/tasks";
import { type ControlledModel, photoControl } from "./photo-control";

/**
 * Steers a drawing along a picture's lines, by the ControlNet that goes with the model, else by one of its family that is installed.
 * @returns null where there is none.
 */
export async function findLineControl(
  model: ControlledModel,
  picture: Picture,
  weight: number,
): Promise<ControlInput | null> {
  return (
    (await photoControl(model, picture, "lines", weight)) ?? photoControl(model, picture, "edges", weight)
  );
}

/** The same where lines were asked for. @throws AppError weights_missing where there is none. */
export async function lineControl(
  model: ControlledModel,
  picture: Picture,
  weight: number,
): Promise<ControlInput> {
  const control = await findLineControl(model, picture, weight);
  if (!control) throw new AppError("weights_missing", { details: { file: "ControlNet (Canny, line art)" } });
  return control;
}
