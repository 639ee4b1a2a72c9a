import type { Weights } from "../safetensors/stored-tensor";
import { readEsrganLayout } from "./esrgan-keys";
import type { Recogniser, Recognition } from "./recognise";
import { below, countModules } from "./select-weights";

/** Training code wraps the network under one of these. */
const PREFIXES = ["params_ema.", "params.", ""];

/** Real-ESRGAN's two networks, and the original ESRGAN's names for the first. */
export const recogniseUpscaler: Recogniser = (weights) => {
  for (const prefix of PREFIXES) {
    const found = network(below(weights, prefix));
    if (found) return { kind: "upscaler", family: null, prefix, ...found };
  }
  return null;
};

function network(weights: Weights): Pick<Recognition, "naming" | "facts"> | null {
  const shapeOf = (name: string): readonly number[] => weights.get(name)?.shape ?? [];
  if (weights.has("conv_first.weight") && weights.has("body.0.rdb1.conv1.weight")) {
    const [features = 0, channels = 0] = shapeOf("conv_first.weight");
    const blocks = countModules(weights, "body.");
    const growth = shapeOf("body.0.rdb1.conv1.weight")[0] ?? 0;
    // Below four times, the picture comes folded: 2 × 2 or 4 × 4 pixels in the channels of one.
    const scale = channels === 12 ? 2 : channels === 48 ? 1 : 4;
    return { naming: "basicsr", facts: { network: "RRDBNet", scale, features, growth, blocks } };
  }
  if (weights.has("model.0.weight") && weights.has("model.1.sub.0.RDB1.conv1.0.weight")) {
    const { blocks, upConvs } = readEsrganLayout(weights);
    const [features = 0, channels = 0] = shapeOf("model.0.weight");
    const growth = shapeOf("model.1.sub.0.RDB1.conv1.0.weight")[0] ?? 0;
    const scale = 2 ** upConvs / Math.sqrt(channels / 3);
    return { naming: "esrgan", facts: { network: "RRDBNet", scale, features, growth, blocks } };
  }
  // Convolutions and activations in turn, a last convolution, and pixel shuffle.
  const layers = countModules(weights, "body.");
  const last = shapeOf(`body.${layers - 1}.weight`);
  if (shapeOf("body.0.weight").length !== 4 || shapeOf("body.1.weight").length !== 1 || last.length !== 4)
    return null;
  const [features = 0, channels = 0] = shapeOf("body.0.weight");
  const scale = Math.sqrt((last[0] ?? 0) / channels);
  const convolutions = (layers - 3) / 2;
  return { naming: "basicsr", facts: { network: "SRVGGNetCompact", scale, features, convolutions } };
}
