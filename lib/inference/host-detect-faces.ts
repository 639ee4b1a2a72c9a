import { type FaceDetector, openFaceDetector } from "../engine/pipelines/detect-faces";
import { openSafetensors } from "../engine/safetensors/open-safetensors";
import { measureWeights } from "./host-measure";
import type { ModelType } from "./host-models";
import type { TaskTools } from "./host-task";
import type { DetectFacesInput, DetectFacesOutput } from "./tasks";

const detectorType: ModelType<Pick<DetectFacesInput, "model">, FaceDetector> = {
  name: "face-detector",
  async measure({ model }) {
    const { tensors } = await openSafetensors(model);
    return { ...(await measureWeights([tensors])), open: (device) => openFaceDetector(model, device) };
  },
};

/** Finds the faces in a picture. */
export async function detectFaces(
  { model, picture }: DetectFacesInput,
  { models }: TaskTools<never>,
): Promise<DetectFacesOutput | "restart"> {
  const detector = await models.use(detectorType, { model });
  return detector === "restart" ? "restart" : { faces: await detector.detect(picture) };
}
