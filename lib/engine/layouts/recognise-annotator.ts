import type { Weights } from "../safetensors/stored-tensor";
import type { Recogniser } from "./recognise";
import { countModules } from "./select-weights";

const SIZES: Readonly<Record<number, string>> = { 384: "small", 768: "base", 1024: "large", 1280: "huge" };

/** Networks that make hints for ControlNets: Depth Anything and ViTPose, in transformers' names. */
export const recogniseAnnotator: Recogniser = (weights) => {
  const found = depthAnything(weights) ?? vitPose(weights);
  return found && { family: null, naming: "transformers", prefix: "", ...found };
};

function depthAnything(weights: Weights) {
  const positions = weights.get("backbone.embeddings.position_embeddings")?.shape;
  if (!positions || !weights.has("neck.fusion_stage.layers.0.projection.weight")) return null;
  if (!weights.has("head.conv3.weight") || !weights.has("backbone.embeddings.cls_token")) return null;
  const facts = { network: "Depth Anything", ...sizeOf(weights, positions) };
  return { kind: "depth", facts } as const;
}

function vitPose(weights: Weights) {
  const positions = weights.get("backbone.embeddings.position_embeddings")?.shape;
  const keypoints = weights.get("head.conv.weight")?.shape[0];
  if (!positions || keypoints === undefined) return null;
  if (!weights.has("backbone.encoder.layer.0.layernorm_before.weight")) return null;
  const decoder = weights.has("head.deconv1.weight") ? "classic" : "simple";
  const experts = countModules(weights, "backbone.encoder.layer.0.mlp.experts.");
  const network = experts > 0 ? "ViTPose+" : "ViTPose";
  return { kind: "pose", facts: { network, ...sizeOf(weights, positions), decoder, keypoints } } as const;
}

function sizeOf(weights: Weights, positions: readonly number[]): Readonly<Record<string, string | number>> {
  const width = positions[2] ?? 0;
  const layers = countModules(weights, "backbone.encoder.layer.");
  return { ...(SIZES[width] && { size: SIZES[width] }), width, layers };
}
