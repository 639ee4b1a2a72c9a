import {
  annotate,
  annotatorMissing,
  isModelAnnotatorName,
  type ModelAnnotatorName,
} from "../engine/annotators/annotate";
import { openAnnotatorPart } from "../engine/layouts/open-annotator";
import type { Picture } from "../engine/picture";
import { openDepthEstimator } from "../engine/pipelines/depth";
import type { HintMaker } from "../engine/pipelines/hint-maker";
import { openPoseEstimator } from "../engine/pipelines/pose";
import type { Device } from "../engine/runtime/session";
import { measureWeights } from "./host-measure";
import type { ModelType, TaskModels } from "./host-models";
import type { ControlInput } from "./tasks";

type Opener = (source: string, device: Device) => Promise<HintMaker>;

const annotatorType = (
  name: ModelAnnotatorName,
  open: Opener,
): ModelType<{ readonly model: string }, HintMaker> => ({
  name,
  async measure({ model }) {
    const { weights } = await openAnnotatorPart(model, name);
    return { ...(await measureWeights([weights])), open: (device) => open(model, device) };
  },
});

const TYPES = {
  depth: annotatorType("depth", openDepthEstimator),
  pose: annotatorType("pose", openPoseEstimator),
} as const;

/**
 * A control's hint, of the size of the fitted picture.
 * @throws EngineError annotator_missing where the annotator is a network and none is named · those of the annotators.
 */
export async function hintOf(
  { annotator, annotatorModel }: Pick<ControlInput, "annotator" | "annotatorModel">,
  fitted: Picture,
  models: TaskModels,
): Promise<Picture | "restart"> {
  if (!isModelAnnotatorName(annotator)) return annotate(annotator, fitted);
  if (annotatorModel === undefined) throw annotatorMissing(annotator);
  const network = await models.use(TYPES[annotator], { model: annotatorModel });
  return network === "restart" ? "restart" : network.hint(fitted);
}
