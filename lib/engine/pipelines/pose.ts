import { drawSkeletons, type Keypoint } from "../annotators/draw-skeleton";
import { normalizedPicture } from "../annotators/network-picture";
import { type Box, cutBox, widenBox } from "../annotators/pose-box";
import { keypointsOf, openPoseKeypoints } from "../annotators/pose-keypoints";
import { EngineError } from "../engine-error";
import { openAnnotatorPart } from "../layouts/open-annotator";
import { vitPose } from "../models/vitpose";
import { readVitPoseConfig } from "../models/vitpose-config";
import type { Picture } from "../picture";
import { type Device, openSession } from "../runtime/session";
import { requireWeight } from "../safetensors/require-weight";
import { emitNetwork } from "./emit-network";
import type { HintMaker } from "./hint-maker";
import { readPreprocessor } from "./preprocessor";

export interface PoseEstimator extends HintMaker {
  /**
   * A person as OpenPose's 18 keypoints, in pixels of the picture.
   * @param box where the person is; a detector would tell of several. The whole picture by default.
   */
  keypoints(picture: Picture, box?: Box): Promise<Keypoint[]>;
}

/** COCO's, which OpenPose's are made of. */
const KEYPOINTS = 17;
/** The score from which a keypoint counts as seen: that of the published annotators. */
const THRESHOLD = 0.3;

/**
 * Opens a ViTPose in transformers' layout, to make hints for openpose ControlNets of one person.
 * @throws EngineError weights_unknown for one of other keypoints than COCO's · those of `openAnnotatorPart`,
 *   `readVitPoseConfig` and `openSession`
 */
export async function openPoseEstimator(source: string, device: Device): Promise<PoseEstimator> {
  const { config: json, weights, preprocessor } = await openAnnotatorPart(source, "pose");
  const config = readVitPoseConfig(
    json,
    requireWeight(weights, "head.conv.weight", "pose network").shape[0]!,
  );
  if (config.keypoints !== KEYPOINTS)
    throw new EngineError("weights_unknown", `a ViTPose of ${config.keypoints} keypoints is not supported`, {
      ...{ file: source, layer: "head.conv.weight", got: config.keypoints, expected: KEYPOINTS },
    });
  const { imageWidth, imageHeight } = config.backbone;
  const normalization = readPreprocessor(preprocessor);
  const model = emitNetwork({ weights }, { ...device, precision: "float32" }, (s) => {
    const x = s.graph.input("x", "float32", ["batch", 3, imageHeight, imageWidth]);
    s.graph.output("heatmaps", vitPose(s, config, x), "float32", ["batch", KEYPOINTS, "h", "w"]);
  });
  const session = await openSession(model, device);
  const keypoints = async (picture: Picture, box: Box = { left: 0, top: 0, ...picture }) => {
    const wide = widenBox(box, imageWidth / imageHeight);
    const x = normalizedPicture(cutBox(picture, wide, imageWidth, imageHeight), normalization);
    const { heatmaps } = await session.run({ x });
    return openPoseKeypoints(keypointsOf(heatmaps!, wide), THRESHOLD);
  };
  return {
    keypoints,
    async hint(picture) {
      return drawSkeletons(picture.width, picture.height, [await keypoints(picture)]);
    },
    release: session.release,
  };
}
