import { isModelAnnotatorName } from "../engine/annotators/annotate";
import { findAnnotatorModel } from "../inference/annotator-models";
import type { ControlInput } from "../inference/tasks";
import { requireModel } from "../models/require-model";
import type { ControlChoice } from "./control.input";
import { readSource } from "./read-source";

/**
 * Finds what a control names: the ControlNet, the owner's picture, and the network that annotates it, where it is one.
 * @throws EngineError weights_missing · annotator_missing · those of `readSource`
 */
export async function openControl(
  ownerId: string,
  { model, picture, annotator, weight, from, to }: ControlChoice,
): Promise<ControlInput> {
  const { path } = await requireModel(ownerId, "controlnet", model);
  const network = isModelAnnotatorName(annotator) && { annotatorModel: await findAnnotatorModel(annotator) };
  return {
    ...{ model: path, annotator, ...network, weight, from, to, guess: false },
    picture: await readSource(ownerId, picture),
  };
}
