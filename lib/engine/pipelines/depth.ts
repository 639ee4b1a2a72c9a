import { depthPicture, depthSize } from "../annotators/depth-picture";
import { normalizedPicture } from "../annotators/network-picture";
import { resampleAntialiased } from "../annotators/resample-antialiased";
import { openAnnotatorPart } from "../layouts/open-annotator";
import { depthAnything } from "../models/depth-anything";
import { readDepthAnythingConfig } from "../models/depth-anything-config";
import type { Picture } from "../picture";
import { type Device, openSession } from "../runtime/session";
import { emitNetwork } from "./emit-network";
import type { HintMaker } from "./hint-maker";
import { readPreprocessor } from "./preprocessor";

/** Pixels of the side that a picture is brought to, where no preprocessor_config.json says otherwise. */
const TARGET = 518;

/**
 * Opens Depth Anything (V1, V2) in transformers' layout, to make hints for depth ControlNets.
 * @throws EngineError those of `openAnnotatorPart`, `readDepthAnythingConfig` and `openSession`
 */
export async function openDepthEstimator(source: string, device: Device): Promise<HintMaker> {
  const { config: json, weights, preprocessor } = await openAnnotatorPart(source, "depth");
  const config = readDepthAnythingConfig(json);
  const { size, ...normalization } = readPreprocessor(preprocessor);
  const model = emitNetwork({ weights }, { ...device, precision: "float32" }, (s) => {
    const x = s.graph.input("x", "float32", ["batch", 3, "height", "width"]);
    s.graph.output("depth", depthAnything(s, config, x), "float32", ["batch", 1, "h", "w"]);
  });
  const session = await openSession(model, device);
  return {
    async hint(picture: Picture) {
      const { width, height } = depthSize(picture, {
        ...{ target: size?.height ?? TARGET, multiple: config.patchSize },
      });
      const x = normalizedPicture(resampleAntialiased(picture, width, height), normalization);
      const { depth } = await session.run({ x });
      return depthPicture(depth!, { ...picture, metric: config.metric });
    },
    release: session.release,
  };
}
